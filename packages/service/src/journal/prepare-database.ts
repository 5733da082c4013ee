import type { DatabaseSync } from 'node:sqlite';
import { StoreFailure } from './failure-reason.ts';
import { journalLimits } from './journal-limits.ts';
import { APPLICATION_ID, SCHEMA_VERSION, UPGRADES } from './sqlite-schema.ts';

/**
 * The writer makes the file where there is none, and is the only one that changes facts. A visitor comes from outside the
 * service, and leaves no trace: no file is made, none is changed.
 */
export type StoreRole = 'writer' | 'reader' | 'visitor';

/** Makes sure that this is a journal, of a version that this program knows, and sets how it is read and written. */
export function prepareDatabase(database: DatabaseSync, role: StoreRole): void {
  const { application_id, user_version } = {
    ...database.prepare('SELECT * FROM pragma_application_id, pragma_user_version').get(),
  };
  if (application_id !== APPLICATION_ID) throw new StoreFailure('damaged', 'it is not a journal of this program');
  const version = Number(user_version);
  if (version > SCHEMA_VERSION) {
    throw new StoreFailure('newer', `its version is ${version}, this program knows ${SCHEMA_VERSION}`);
  }
  if (version < SCHEMA_VERSION && role !== 'writer') {
    throw new StoreFailure('older', `its version is ${version}, this program's is ${SCHEMA_VERSION}`);
  }
  if (role === 'visitor') return;
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = ${journalLimits.walMostPages};
    PRAGMA temp_store = MEMORY;
    PRAGMA cell_size_check = ON;
    PRAGMA secure_delete = ON;
    PRAGMA query_only = ${role === 'reader' ? 'ON' : 'OFF'};
  `);
  for (let from = version; from < SCHEMA_VERSION; from += 1) upgrade(database, from);
}

function upgrade(database: DatabaseSync, from: number): void {
  database.exec(`
    BEGIN IMMEDIATE;
    ${UPGRADES[from]}
    PRAGMA user_version = ${from + 1};
    COMMIT;
  `);
}
