import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { Journal } from '../payments/ports.ts';
import { journalOfCore, type KeptJournal } from './journal.ts';
import { JournalCore } from './journal-core.ts';
import { journalFile } from './journal-files.ts';
import { journalProblem } from './journal-problem.ts';
import { SqliteStore } from './sqlite-store.ts';

/** A journal that can only be read. */
export type JournalReading = Pick<
  Journal,
  'list' | 'payment' | 'facts' | 'byOrderId' | 'orphans' | 'parked' | 'alarmed' | 'counts' | 'close'
> &
  Pick<KeptJournal, 'verify'>;

/**
 * Opens the journal of a data folder from outside the service, which may be running, stopped or killed. No file in the
 * folder is made or changed.
 */
export async function openJournalForReading(folder: string): Promise<JournalReading> {
  const file = journalFile(folder);
  if (!existsSync(file)) {
    throw new OperatingError(
      '1107',
      `There is no journal at ${file}: the service has not run with this configuration yet.`,
    );
  }
  const copied = isLogWithoutIndex(file) ? copyOf(file) : undefined;
  const discard = (): void => {
    if (copied !== undefined) rmSync(copied, { recursive: true, force: true });
  };
  try {
    const store =
      copied === undefined ? new SqliteStore(file, 'visitor') : new SqliteStore(journalFile(copied), 'reader');
    const journal = journalOfCore(new JournalCore(store, Date.now));
    return { ...journal, close: () => journal.close().finally(discard) };
  } catch (error) {
    discard();
    throw journalProblem(error, file);
  }
}

/** The log holds facts, and SQLite would have to make its index anew, which is a file (a folder restored from a backup, say). */
function isLogWithoutIndex(file: string): boolean {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return log !== undefined && log.size > 0 && !existsSync(`${file}-shm`);
}

function copyOf(file: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tp-manager-journal-'));
  for (const companion of ['', '-wal']) copyFileSync(file + companion, journalFile(folder) + companion);
  return folder;
}
