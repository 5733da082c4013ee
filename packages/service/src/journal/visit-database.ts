import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { journalLimits } from './journal-limits.ts';

/**
 * Opens a database of which nothing may be made or changed, not even its companions, which SQLite's ordinary read-only
 * mode makes where it can. While they are there, a service is at work or was killed, and the log is read with them; else
 * the file is whole by itself, and nobody changes it (https://www.sqlite.org/wal.html, "Read-Only Databases").
 */
export function visitDatabase(file: string): DatabaseSync {
  const address = pathToFileURL(file);
  address.search = existsSync(`${file}-shm`) ? '?readonly_shm=1' : '?immutable=1';
  return new DatabaseSync(address, { readOnly: true, timeout: journalLimits.visitPatienceMs });
}
