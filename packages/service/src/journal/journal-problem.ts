import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { type FailureReason, failureReason } from './failure-reason.ts';

const FACTS_DAMAGED =
  "'tp-manager payments export' saves what can be read of it. Then restore it from a backup, or run 'tp-manager journal set-aside', which starts a new journal and keeps this one";

const INDEX_DAMAGED =
  "Stop the service ('tp-manager stop --hold'); 'tp-manager journal rebuild-index' then derives its index from its facts again";

/** For what SQLite says of its pages: whether they hold facts, nobody knows yet. */
const DAMAGED = `Where it is only its index that is, 'tp-manager journal rebuild-index' mends it, with the service stopped, and says so where it does not. ${FACTS_DAMAGED}`;

/** What the reason means, and what a person does about it. */
const SENTENCES: Record<FailureReason, (system: string) => string> = {
  full: (system) => `the disk is full (${system}). Free some space on it; no payment is taken until then`,
  read_only: (system) =>
    `it can only be read (${system}). Check its rights, and that its disk is not mounted read-only`,
  no_access: (system) =>
    `it cannot be opened (${system}). Check that its folder is there and belongs to this program's user`,
  damaged: (system) => `it is damaged (${system}). ${DAMAGED}`,
  newer: (system) => `it was written by a newer version of this program (${system}). Start that version again`,
  no_copy: (system) =>
    `its log can be read only from a copy, and none could be made (${system}). Check that the folder for temporary files is there, can be written and has room`,
  in_use: (system) => `another program is using it (${system}). Is the service running twice? End the other one`,
  conflict: (system) => `it holds already what was to be new (${system}). Nothing was written; ask again`,
  io: (system) => `the disk reports an error (${system}). Check the disk and the system's log`,
};

/** Any error of the journal as people are to read it; a bug stays what it is. */
export function journalProblem(error: unknown, journalName: string): unknown {
  const reason = failureReason(error);
  if (reason === undefined) return error;
  const message = `The journal ${journalName} failed: ${SENTENCES[reason]((error as Error).message)}.`;
  return new (reason === 'damaged' ? Damage : OperatingError)('1107', message, { cause: error });
}

class Damage extends OperatingError {}

/** Only the index is, which can be derived again. */
class IndexDamage extends Damage {}

/** Something in the journal is not what was written there. */
export function damaged(journalName: string, what: string): OperatingError {
  return new Damage('1107', `The journal ${journalName} is damaged: ${what}. ${FACTS_DAMAGED}.`);
}

/** What SQLite's own check says; where it is an index that differs from its table, the table has the facts. */
export function structureDamaged(journalName: string, what: string): OperatingError {
  if (/\bindex \w/.test(what)) return indexDamaged(journalName, what);
  return new Damage('1107', `The journal ${journalName} is damaged: ${what}. ${DAMAGED}.`);
}

export function indexDamaged(journalName: string, what: string): OperatingError {
  return new IndexDamage('1107', `The index in the journal ${journalName} is damaged: ${what}. ${INDEX_DAMAGED}.`);
}

/** It is not the index that is damaged; what the index says may be right. */
export function isFactDamage(error: unknown): boolean {
  return isDamage(error) && !(error instanceof IndexDamage);
}

/**
 * Found there as `damaged`, or by the store itself, in this very thread; any other error may be gone the next time. Not for good
 * before it was found twice, on a disk that lets the file be read (rule 19).
 */
export function isDamage(error: unknown): boolean {
  return error instanceof Damage || failureReason(error) === 'damaged';
}
