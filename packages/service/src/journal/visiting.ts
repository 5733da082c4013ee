import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FailureReason, failureReason, StoreFailure } from './failure-reason.ts';
import { journalFile } from './journal-files.ts';
import { journalLimits } from './journal-limits.ts';
import { SqliteStore } from './sqlite-store.ts';

/** A store that is looked at: no file beside it is made, and none is changed. */
export interface Visit {
  store: SqliteStore;
  /** Closes it, and leaves nothing behind. */
  end(): void;
}

/**
 * A service may begin or end between the look at what stands beside the file and its opening: an index of the log that is gone
 * by then cannot be opened, one that is only just being made cannot be read.
 */
const MAY_PASS: (FailureReason | undefined)[] = ['no_access', 'read_only'];

/** `copyFile`: a service can begin or end before each one. */
export function visit(file: string, copyFile = copyFileSync): Visit {
  for (let tries = 1; ; tries++) {
    try {
      return isLogWithoutIndex(file) ? visitCopy(file, copyFile) : visitStore(new SqliteStore(file, 'visitor'));
    } catch (error) {
      if (!MAY_PASS.includes(failureReason(error)) || tries === journalLimits.visitTries) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, journalLimits.visitPauseMs);
    }
  }
}

function visitCopy(file: string, copyFile: typeof copyFileSync): Visit {
  const copied = folderForCopy();
  const discard = (): void => rmSync(copied, { recursive: true, force: true });
  try {
    for (const companion of ['', '-wal']) copyFile(file + companion, journalFile(copied) + companion);
    // A service has begun, which may have moved the log into the file: an old file beside a new log reads as damaged.
    if (!isLogWithoutIndex(file)) throw new StoreFailure('no_access', `${file} changed while it was copied`);
    return visitStore(new SqliteStore(journalFile(copied), 'reader'), discard);
  } catch (error) {
    discard();
    throw NO_ROOM_TO_COPY.includes(failureReason(error)) ? noCopy(error) : error;
  }
}

/** Of the two only the copy is written. */
const NO_ROOM_TO_COPY: (FailureReason | undefined)[] = ['full', 'read_only'];

function folderForCopy(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'tp-manager-journal-'));
  } catch (error) {
    throw noCopy(error);
  }
}

function noCopy(cause: unknown): StoreFailure {
  return new StoreFailure('no_copy', (cause as Error).message, { cause });
}

function visitStore(store: SqliteStore, discard?: () => void): Visit {
  const end = (): void => {
    try {
      store.close();
    } finally {
      discard?.();
    }
  };
  return { store, end };
}

/** The log holds facts, and SQLite would have to make its index anew, which is a file (a folder restored from a backup, say). */
function isLogWithoutIndex(file: string): boolean {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return log !== undefined && log.size > 0 && !existsSync(`${file}-shm`);
}
