import type { ErrorCode } from './error-code.ts';
import { errorTable } from './error-table.ts';

/** The status of an answer that carries this code. */
export function httpStatusOf(code: ErrorCode): number {
  return errorTable[code].httpStatus ?? 200;
}
