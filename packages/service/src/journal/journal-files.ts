import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreFailure } from './failure-reason.ts';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './sqlite-schema.ts';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** SQLite's companions of a database in WAL mode; they get the rights of the database itself. */
const COMPANIONS = ['-wal', '-shm'];

export function journalFile(folder: string): string {
  return join(folder, 'journal.db');
}

/**
 * Makes an empty journal where there is none. It is made under another name and renamed, so a file under the journal's
 * own name always is a whole one: an empty or torn one there is damage, never a beginning.
 */
export function createJournalFile(file: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  if (existsSync(file)) return;
  for (const left of COMPANIONS.map((companion) => file + companion).filter((path) => existsSync(path))) {
    throw new StoreFailure('damaged', `${left} is there and ${file} is not`);
  }
  const unfinished = `${file}.new`;
  for (const path of ['', '-journal', ...COMPANIONS]) rmSync(unfinished + path, { force: true });
  closeSync(openSync(unfinished, 'wx', OWNER_ONLY));
  const database = new DatabaseSync(unfinished);
  try {
    database.exec(`
      PRAGMA synchronous = FULL;
      BEGIN;
      PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${SCHEMA_VERSION};
      ${SCHEMA}
      COMMIT;
      PRAGMA journal_mode = WAL;
    `);
  } finally {
    database.close();
  }
  renameSync(unfinished, file);
  syncFolder(folder);
}

/** Nobody but the owner reads who paid what. On Windows the folder's access list says so. */
export function closeToOthers(file: string): void {
  if (process.platform === 'win32') return;
  for (const path of ['', ...COMPANIONS].map((companion) => file + companion)) {
    if (existsSync(path)) chmodSync(path, OWNER_ONLY);
  }
}

/**
 * Puts the journal aside under a name with the time, and gives that name. The service must not be running. Where one of its
 * files cannot be moved, all stay: a file without its log has lost what was paid last.
 */
export function setJournalAside(folder: string, nowMs: number): string {
  const file = journalFile(folder);
  const aside = nameAside(folder, nowMs);
  const moved: string[] = [];
  try {
    for (const path of ['', ...COMPANIONS].filter((companion) => existsSync(file + companion))) {
      renameSync(file + path, aside + path);
      moved.push(path);
    }
  } catch (cause) {
    for (const path of moved) renameSync(aside + path, file + path);
    throw cause;
  }
  syncFolder(folder);
  return aside;
}

/** A name with the time, which no other journal has that was put aside. */
export function nameAside(folder: string, nowMs: number): string {
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const names = [`journal-${time}.db`, ...Array.from({ length: 99 }, (_, n) => `journal-${time}-${n + 2}.db`)];
  // Renaming replaces: one that was put aside within the same second would be lost.
  const aside = names.map((name) => join(folder, name)).find((path) => !existsSync(path));
  if (aside === undefined) throw new StoreFailure('conflict', `too many journals were set aside at ${time}`);
  return aside;
}

/** Whether a file of the data folder has such a name. */
export function isNameAside(name: string): boolean {
  return /^journal-\d{8}T\d{6}Z(-\d+)?\.db$/.test(name);
}

export function syncFile(file: string): void {
  // Windows syncs only what may be written.
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A new name in a folder is durable once the folder is. Windows keeps names durable by itself and opens no folders. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
