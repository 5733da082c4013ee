import { type ErrorCode, OperatingError } from '@hipay-ecr/shared/errors.ts';
import { VersionConflict } from '../payments/version-conflict.ts';
import type { JournalCore } from './journal-core.ts';
import { journalProblem } from './journal-problem.ts';
import type { StoreRole } from './store-role.ts';

/** With what a thread of the journal is started. */
export interface JournalThreadStart {
  file: string;
  role: StoreRole;
  /** Nobody waits for what it does: it takes what the others leave of the processor. */
  isBackground?: true;
}

/** What can be asked of the journal. */
export type JournalMethod = Exclude<keyof JournalCore, 'name'>;
export type JournalArguments<Method extends JournalMethod> = Parameters<JournalCore[Method]>;
export type JournalResult<Method extends JournalMethod> = ReturnType<JournalCore[Method]>;

/** Asks a journal, wherever it lives. */
export type Ask = <Method extends JournalMethod>(
  method: Method,
  ...args: JournalArguments<Method>
) => Promise<JournalResult<Method>>;

export interface JournalRequest {
  id: number;
  method: JournalMethod;
  args: unknown[];
}

/** A thread says `READY` once it has opened its store, or why it could not; after that it answers by the request's id. */
export const READY = 0;
export type JournalReply = { id: number; value: unknown } | { id: number; error: SentError };

/** An error between threads, which would lose its class on the way. */
export type SentError =
  | { kind: 'operating'; code: ErrorCode; message: string; cause: string }
  | { kind: 'version_conflict'; message: string }
  | { kind: 'bug'; message: string; stack: string };

/** Asks the core in this very thread; whatever its store throws comes out as an error that people can read. */
export function callCore<Method extends JournalMethod>(
  core: JournalCore,
  method: Method,
  args: JournalArguments<Method>,
): JournalResult<Method> {
  try {
    const act = core[method] as (...args: JournalArguments<Method>) => JournalResult<Method>;
    return act.apply(core, args);
  } catch (error) {
    throw journalProblem(error, core.name);
  }
}

export function sendError(error: unknown): SentError {
  if (error instanceof OperatingError) {
    const { code, message, cause } = error;
    return { kind: 'operating', code, message, cause: cause instanceof Error ? cause.message : '' };
  }
  if (error instanceof VersionConflict) return { kind: 'version_conflict', message: error.message };
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'bug', message, stack };
}

export function receiveError(sent: SentError): Error {
  switch (sent.kind) {
    case 'operating':
      return new OperatingError(sent.code, sent.message, sent.cause === '' ? {} : { cause: new Error(sent.cause) });
    case 'version_conflict':
      return new VersionConflict(sent.message);
    case 'bug':
      return Object.assign(new Error(sent.message), { stack: sent.stack });
  }
}
