import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { AlreadyRunning, type Holder } from './already-running.ts';
import { failureReason } from './failure-reason.ts';
import { journalLimits } from './journal-limits.ts';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/**
 * One service at a time works on a data folder. The lock is SQLite's own, on a small file of its own: it ends with the
 * process, however that ends, on Linux and on Windows. Beside it stands, for people, who holds it.
 */
export class DataFolderLock {
  readonly #database: DatabaseSync;
  readonly #holderFile: string;
  #holder: Holder;

  /** Throws AlreadyRunning where another one holds it. */
  static take(folder: string, holder: Holder): DataFolderLock {
    const file = lockFile(folder);
    const database = open(file, folder);
    try {
      database.exec('BEGIN EXCLUSIVE');
    } catch (cause) {
      database.close();
      if (failureReason(cause) === 'in_use') throw new AlreadyRunning(folder, whoHolds(folder));
      throw cannotLock(file, cause);
    }
    return new DataFolderLock(database, holderFile(folder), holder);
  }

  private constructor(database: DatabaseSync, holderFile: string, holder: Holder) {
    this.#database = database;
    this.#holderFile = holderFile;
    this.#holder = holder;
    this.#tell();
  }

  /** It serves tills from now on, there. */
  serves(port: number): void {
    this.#holder = { ...this.#holder, port };
    this.#tell();
  }

  /** It ends once what it has begun is over. Harmless where it was released before. */
  stops(): void {
    if (!this.#database.isOpen) return;
    this.#holder = { ...this.#holder, stopping: true };
    this.#tell();
  }

  /** Harmless where it was released before. */
  release(): void {
    if (!this.#database.isOpen) return;
    discard(this.#holderFile);
    this.#database.close();
  }

  /** Only for people: where it cannot be written, the lock is good all the same. */
  #tell(): void {
    try {
      writeFileSync(`${this.#holderFile}.new`, `${JSON.stringify(this.#holder)}\n`, { mode: OWNER_ONLY });
      renameSync(`${this.#holderFile}.new`, this.#holderFile);
    } catch {
      discard(`${this.#holderFile}.new`);
    }
  }
}

/** A disk that was mounted anew, read-only, removes nothing: what stays there holds nothing, and a later one writes over it. */
function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It is only for people.
  }
}

/** Who held the data folder last, as it said itself. Whether it still does, only the lock knows. */
export function whoHolds(folder: string): Holder | undefined {
  try {
    const { pid, port, since, stopping } = JSON.parse(readFileSync(holderFile(folder), 'utf8'));
    if (typeof pid !== 'number' || typeof since !== 'string') return undefined;
    return { pid, since, ...(typeof port === 'number' && { port }), ...(stopping === true && { stopping }) };
  } catch {
    return undefined;
  }
}

/** Whether somebody has the data folder, as the lock itself says. Whoever takes it meanwhile waits for no more than a moment. */
export function isWorkedOn(folder: string): boolean {
  const file = lockFile(folder);
  if (!existsSync(file)) return false;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      database.exec('SELECT 1 FROM sqlite_schema');
      return false;
    } finally {
      database.close();
    }
  } catch (error) {
    return failureReason(error) === 'in_use';
  }
}

export function lockFile(folder: string): string {
  return join(folder, 'tp-manager.lock');
}

function holderFile(folder: string): string {
  return join(folder, 'tp-manager.running.json');
}

/**
 * The file is never opened but by SQLite once it is there: on POSIX systems a process that closes any handle of a file
 * loses all its locks on it (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
function open(file: string, folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    if (!existsSync(file)) closeSync(openSync(file, 'a', OWNER_ONLY));
    return new DatabaseSync(file, { timeout: journalLimits.lockPatienceMs });
  } catch (cause) {
    throw cannotLock(file, cause);
  }
}

function cannotLock(file: string, cause: unknown): OperatingError {
  const message = `${file} cannot be locked (${(cause as Error).message}). Check that its folder belongs to this program's user and can be written.`;
  return new OperatingError('1107', message, { cause });
}
