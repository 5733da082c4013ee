import {
  describeError,
  type ErrorAbout,
  type ErrorCode,
  httpStatusOf,
  type Language,
} from '@hipay-ecr/shared/errors.ts';

interface FlatError {
  paymentStatus: 'FAILURE';
  errorCode: ErrorCode;
  errorDescription: string;
}

/** The body of every answer with a status of 400 or above: flat, as a payment is, and nested, as HiPay's own description has it. */
export type ErrorBody = FlatError & { error: FlatError };

export function errorBody(code: ErrorCode, language: Language, about: ErrorAbout = {}): ErrorBody {
  return nested(code, describeError(code, language, about));
}

export function nested(errorCode: ErrorCode, errorDescription: string): ErrorBody {
  const flat: FlatError = { paymentStatus: 'FAILURE', errorCode, errorDescription };
  return { ...flat, error: flat };
}

export { type ErrorAbout, httpStatusOf, type Language };
