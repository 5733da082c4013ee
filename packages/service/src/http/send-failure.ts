import type { ErrorCode } from '@hipay-ecr/shared/errors.ts';
import type { Response } from 'express';
import { type ErrorAbout, errorBody, httpStatusOf, type Language } from './error-body.ts';

/** Answers with an error. `status` is given where it says more than that of the code (413, 415 ...). */
export function sendFailure(
  response: Response,
  language: Language,
  code: ErrorCode,
  about: ErrorAbout = {},
  status: number = httpStatusOf(code),
): void {
  response.status(status).json(errorBody(code, language, about));
}
