import express, { type Request, type RequestHandler, type Response } from 'express';
import { httpLimits } from './http-limits.ts';

const rawBody: RequestHandler = express.raw({ type: () => true, limit: httpLimits.bodyBytes, inflate: false });

/** Rejects with the error of express.raw where the body is too large, cut off or compressed. */
export function readRawBody(request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    rawBody(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
}
