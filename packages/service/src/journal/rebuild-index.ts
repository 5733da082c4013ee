import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyFacts } from './copy-facts.ts';
import { StoreFailure } from './failure-reason.ts';
import { JournalCore } from './journal-core.ts';
import { journalFile, nameAside } from './journal-files.ts';
import { damaged, journalProblem } from './journal-problem.ts';
import { logDamage } from './log-damage.ts';
import { mustHoldAll, mustKnowAllFacts } from './must-hold-all.ts';
import { replaceJournal } from './replace-journal.ts';
import { mustHaveRoomToRebuild } from './room-to-rebuild.ts';
import { removeSecondNames } from './second-names.ts';
import { SqliteStore } from './sqlite-store.ts';

/** What is left there by a command that was killed is of no use to anybody. */
const UNFINISHED = 'journal-rebuilding';

/**
 * Makes the journal of a data folder anew from its facts, whose index is derived from them, and puts the old one aside. The
 * service must not be running. Throws, and leaves the journal as it is, where the facts are not known to be whole, and
 * where the new one is not known to be on the disk.
 */
export function rebuildIndex(folder: string, nowMs: number): { payments: number; aside: string } {
  const file = journalFile(folder);
  const made = join(folder, UNFINISHED);
  try {
    rmSync(made, { recursive: true, force: true });
    removeSecondNames(file);
    mustHaveRoomToRebuild(file);
    moveLogIntoFile(file);
    const payments = makeAnew(file, journalFile(made));
    const aside = nameAside(folder, nowMs);
    replaceJournal(file, { by: journalFile(made), aside });
    return { payments, aside };
  } catch (error) {
    throw journalProblem(error, file);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** A log beside a file that it does not belong to would be read into it. */
function moveLogIntoFile(file: string): void {
  const missing = logDamage(file);
  if (missing !== undefined) throw damaged(file, missing);
  const store = new SqliteStore(file, 'writer');
  try {
    store.moveLogIntoFile();
  } finally {
    store.close();
  }
  mustBeWithoutLog(file);
}

/** Only the file is replaced, and only the file replaces it. */
function mustBeWithoutLog(file: string): void {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (log !== undefined) throw new StoreFailure('in_use', `${file}-wal is still there`);
}

function makeAnew(file: string, made: string): number {
  const old = new SqliteStore(file, 'visitor');
  try {
    // An error of the disk would look like damage.
    old.readThrough();
    const payments = write(made, old);
    mustBeWithoutLog(made);
    // Its writer has seen what stood in its log or in memory; the service will see what is in the file.
    const store = new SqliteStore(made, 'visitor');
    try {
      mustHoldAll(store, { of: old, payments });
    } finally {
      store.close();
    }
    return payments;
  } finally {
    old.close();
  }
}

function write(made: string, old: SqliteStore): number {
  const store = new SqliteStore(made, 'writer', { holdsRoom: false });
  try {
    copyFacts(old, store);
    const payments = new JournalCore(store, Date.now).rebuildIndex();
    mustKnowAllFacts(old, store);
    store.moveLogIntoFile();
    return payments;
  } finally {
    store.close();
  }
}
