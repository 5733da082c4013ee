import type { ErrorCode } from '@hipay-ecr/shared/errors.ts';
import type { Request, Response } from 'express';
import { type ErrorAbout, errorBody, httpStatusOf, type Language } from './error-body.ts';

/** As express takes them: whatever their case, and with a slash at the end too. */
const PAYMENT_PATHS = /^\/(?:order\/?)?$/i;

/** Answers with an error. `status` is given where it says more than that of the code (413, 415 ...). */
export function sendFailure(
  response: Response,
  language: Language,
  code: ErrorCode,
  about: ErrorAbout = {},
  status: number = httpStatusOf(code),
): void {
  response.status(status).json(errorBody(code, language, { asker: askerOf(response.req), ...about }));
}

/** What is said to a cashier, that nothing was charged, tells somebody who asked for a report nothing. */
function askerOf({ method, path }: Request): 'till' | 'person' | 'reader' {
  if (method !== 'POST') return 'reader';
  return PAYMENT_PATHS.test(path) ? 'till' : 'person';
}
