import type { ErrorCode } from './error-code.ts';

export { describeError, type ErrorAbout, type NotSentBecause } from './describe-error.ts';
export type { ErrorCode, ErrorEntry, Language } from './error-code.ts';
export { errorTable } from './error-table.ts';
export { httpStatusOf } from './http-status-of.ts';

/** An operating error: something outside the program is not as it should be, and somebody can mend it. */
export class OperatingError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'OperatingError';
    this.code = code;
  }
}
