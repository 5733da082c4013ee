import type { Request, Response } from 'express';
import type { JsonSchema } from './json-schema.ts';
import type { SchemaName } from './schemas.ts';

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  description: string;
  schema: JsonSchema;
}

export interface Answer {
  description: string;
  schema: SchemaName;
  /** Media types beside JSON in which it is given, where the request's `Accept` says so. */
  also?: readonly string[];
}

/** One operation of the interface: how it is served and how it is described, side by side. */
export interface Route {
  method: 'get' | 'post';
  /** As OpenAPI writes it: `/payments/{paymentId}`. */
  path: string;
  operationId: string;
  summary: string;
  parameters?: readonly Parameter[];
  body?: SchemaName;
  /** Answers by status, beside those that every operation can give (see openapi.ts). */
  answers: Readonly<Record<number, Answer>>;
  handle(request: Request, response: Response): void | Promise<void>;
}
