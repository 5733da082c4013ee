import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { journalFile } from './journal-files.ts';
import { SqliteStore } from './sqlite-store.ts';

/** A store that is looked at: no file beside it is made, and none is changed. */
export interface Visit {
  store: SqliteStore;
  /** Closes it, and leaves nothing behind. */
  end(): void;
}

export function visit(file: string): Visit {
  const copied = isLogWithoutIndex(file) ? copyOf(file) : undefined;
  const discard = (): void => {
    if (copied !== undefined) rmSync(copied, { recursive: true, force: true });
  };
  try {
    const store =
      copied === undefined ? new SqliteStore(file, 'visitor') : new SqliteStore(journalFile(copied), 'reader');
    const end = (): void => {
      try {
        store.close();
      } finally {
        discard();
      }
    };
    return { store, end };
  } catch (error) {
    discard();
    throw error;
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
