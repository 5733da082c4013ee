import { chownSync, copyFileSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyFacts } from './copy-facts.ts';
import { StoreFailure } from './failure-reason.ts';
import { JournalCore } from './journal-core.ts';
import { journalFile, nameAside, syncFolder } from './journal-files.ts';
import { journalLimits } from './journal-limits.ts';
import { damaged, isDamage, journalProblem } from './journal-problem.ts';
import { logDamage } from './log-damage.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { IndexRow, Store } from './store.ts';

/** What is left there by a command that was killed is of no use to anybody. */
const UNFINISHED = 'journal-rebuilding';

/**
 * Makes the journal of a data folder anew from its facts, whose index is derived from them, and puts the old one aside. The
 * service must not be running. Throws, and leaves the journal as it is, where the facts are not known to be whole.
 */
export function rebuildIndex(folder: string, nowMs: number): { payments: number; aside: string } {
  const file = journalFile(folder);
  const made = join(folder, UNFINISHED);
  try {
    rmSync(made, { recursive: true, force: true });
    moveLogIntoFile(file);
    const payments = makeAnew(file, journalFile(made));
    const aside = nameAside(folder, nowMs);
    replace(file, { by: journalFile(made), aside });
    syncFolder(folder);
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
  new SqliteStore(file, 'writer').close();
  if (existsSync(`${file}-wal`)) throw new StoreFailure('in_use', `${file}-wal is still there`);
}

function makeAnew(file: string, made: string): number {
  const old = new SqliteStore(file, 'visitor');
  try {
    // An error of the disk would look like damage.
    old.readThrough();
    const store = new SqliteStore(made, 'writer');
    try {
      copyFacts(old, store);
      const payments = new JournalCore(store, Date.now).rebuildIndex();
      mustKnowAllFacts(old, store);
      const [damage] = store.structureDamage();
      if (damage !== undefined) throw new StoreFailure('io', `what was written to ${made} is not there: ${damage}`);
      return payments;
    } finally {
      store.close();
    }
  } finally {
    old.close();
  }
}

/** Throws where the old index, as far as it can be read, knows of facts that are not there: it may be those that are lost. */
function mustKnowAllFacts(old: Store, store: Store): void {
  for (const { paymentId, version } of rowsReadable(old)) {
    const facts = store.row(paymentId)?.version ?? 0;
    if (version <= facts) continue;
    throw damaged(old.name, `payment ${paymentId} has ${facts} facts, and its index says ${version}`);
  }
}

function* rowsReadable(store: Store): Iterable<IndexRow> {
  for (let after = ''; ; ) {
    const paymentIds = orNothing(() => store.paymentIdsAfter(after, journalLimits.copiedAtOnce)) ?? [];
    for (const paymentId of paymentIds) {
      const row = orNothing(() => store.row(paymentId));
      if (row !== undefined) yield row;
    }
    const last = paymentIds.at(-1);
    // Damaged, they may be in any order.
    if (last === undefined || last <= after) return;
    after = last;
  }
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return undefined;
  }
}

/** At each moment one of the two stands under the journal's name: without one, a service would begin an empty journal. */
function replace(file: string, { by, aside }: { by: string; aside: string }): void {
  // Whoever runs the command, the file stays the service's.
  const { uid, gid } = statSync(file);
  chownSync(by, uid, gid);
  try {
    linkSync(file, aside);
  } catch {
    // A file system that has no second names (FAT).
    copyFileSync(file, aside);
  }
  renameSync(by, file);
}
