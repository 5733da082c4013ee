import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { AppOptions } from './app-options.ts';
import { shortened } from './found.ts';
import { httpLimits } from './http-limits.ts';
import { sendFailure } from './send-failure.ts';

export function unknownPath({ language }: AppOptions): RequestHandler {
  return (request, response) => {
    const detail = `there is nothing at ${shortened(request.path)}; GET /openapi.json describes what there is`;
    sendFailure(response, language, '1103', { detail });
  };
}

/** What express and its body reader throw carries a status and a type; anything else that is thrown here is a bug. */
export function whatWasThrown({ language, log }: AppOptions): ErrorRequestHandler {
  return (error: Error & { status?: number; type?: string }, request, response, _next) => {
    const { status, type } = error;
    if (response.headersSent || response.closed) {
      log.warn('A request ended before its answer', { path: request.path, error: error.message });
      response.destroy();
    } else if (status === 413) {
      const detail = `the body: found more than ${httpLimits.bodyBytes} bytes, expected at most so many`;
      sendFailure(response, language, '1100', { detail }, 413);
    } else if (type === 'encoding.unsupported') {
      sendFailure(response, language, '1100', { detail: 'Content-Encoding: expected none' }, 415);
    } else if (status !== undefined && status >= 400 && status < 500) {
      sendFailure(response, language, '1100', { detail: error.message }, status);
    } else if (error instanceof OperatingError) {
      log.error('A request failed', { path: request.path, error: error.message });
      sendFailure(response, language, error.code, { detail: error.message });
    } else {
      log.error('A request failed: this is a bug', { path: request.path, error: error.stack ?? String(error) });
      sendFailure(response, language, '1000', {}, 500);
    }
  };
}
