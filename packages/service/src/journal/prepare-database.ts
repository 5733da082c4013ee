import { DatabaseSync } from 'node:sqlite';
import type { HeldRoom } from './ballast.ts';
import { StoreFailure } from './failure-reason.ts';
import { journalLimits } from './journal-limits.ts';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './sqlite-schema.ts';
import type { StoreRole } from './store-role.ts';

/**
 * Makes sure that the file is a journal that this program knows, and sets how it is worked with. Even that takes some
 * room, for the index of the log: for the writer, what the ballast holds.
 */
export function prepareDatabase(database: DatabaseSync, role: StoreRole, ballast: HeldRoom): void {
  if (role === 'writer') ballast.guard({ opensPayment: false }, () => prepare(database, role));
  else prepare(database, role);
}

function prepare(database: DatabaseSync, role: StoreRole): void {
  const { application_id, user_version } = {
    ...database.prepare('SELECT * FROM pragma_application_id, pragma_user_version').get(),
  };
  if (application_id !== APPLICATION_ID) throw new StoreFailure('damaged', 'it is not a journal of this program');
  if (Number(user_version) > SCHEMA_VERSION) {
    const versions = `its version is ${user_version}, this program knows ${SCHEMA_VERSION}`;
    throw new StoreFailure('newer', versions);
  }
  if (Number(user_version) < SCHEMA_VERSION || schemaOf(database) !== intactSchema()) {
    throw new StoreFailure('damaged', 'its tables are not those of a journal');
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
}

/** The tables as the file describes them, in whatever order they were made: one changed letter, and rows are looked for where they are not. */
function schemaOf(database: DatabaseSync): string {
  const parts = database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all();
  return JSON.stringify(parts);
}

let known: string | undefined;

function intactSchema(): string {
  if (known !== undefined) return known;
  const database = new DatabaseSync(':memory:');
  database.exec(SCHEMA);
  known = schemaOf(database);
  database.close();
  return known;
}
