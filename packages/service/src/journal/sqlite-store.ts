import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Ballast, type HeldRoom, noRoomHeld } from './ballast.ts';
import { StoreFailure } from './failure-reason.ts';
import { GuardedCommits } from './guarded-commits.ts';
import { closeToOthers, createJournalFile } from './journal-files.ts';
import { prepareDatabase } from './prepare-database.ts';
import { readThrough } from './read-through.ts';
import { SqliteQuestions } from './sqlite-questions.ts';
import { prepareStatements, type Statements } from './sqlite-statements.ts';
import type { Batch, IndexRow, Store } from './store.ts';
import type { StoreRole } from './store-role.ts';
import { visitDatabase } from './visit-database.ts';

/** The header with the schema: a page of SQLite's usual size, which ours are. */
const SMALLEST_BYTES = 4_096;

/** A store in one SQLite file: write-ahead log, and each commit synced before it returns. */
export class SqliteStore extends SqliteQuestions implements Store {
  readonly name: string;
  readonly #role: StoreRole;
  readonly #ballast: HeldRoom;
  readonly #commits: GuardedCommits;
  protected override readonly database: DatabaseSync;
  protected override readonly statements: Statements;

  /** `holdsRoom`: for the answers of payments under way, of which a file that is only being made has none. */
  constructor(file: string, role: StoreRole, { holdsRoom = true }: { holdsRoom?: boolean } = {}) {
    super();
    this.name = file;
    this.#role = role;
    this.#ballast = holdsRoom ? new Ballast(file.replace(/\.db$/, '.ballast')) : noRoomHeld;
    if (role === 'writer') createJournalFile(file);
    const there = statSync(file, { throwIfNoEntry: false });
    if (there === undefined) throw new StoreFailure('no_access', `${file} does not exist`);
    // Of less than a page SQLite makes a new database, and deletes the log that belonged to it.
    if (there.size < SMALLEST_BYTES) throw new StoreFailure('damaged', `it has only ${there.size} bytes`);
    this.database = role === 'visitor' ? visitDatabase(file) : new DatabaseSync(file, { timeout: 0 });
    this.#commits = new GuardedCommits(this.database, this.#ballast);
    try {
      prepareDatabase(this.database, role, this.#ballast);
      this.statements = prepareStatements(this.database);
      if (role !== 'visitor') closeToOthers(file);
      if (role === 'writer') this.#commits.begin();
    } catch (cause) {
      this.database.close();
      throw cause;
    }
  }

  commit(batch: Batch): void {
    // Forgetting can wait for room as well as a new payment can.
    const opensPayment = batch.facts[0]?.version === 1 || batch.replaced !== undefined;
    this.#commits.run({ opensPayment }, () => this.#write(batch));
  }

  tryWriting(): void {
    this.#commits.tryAgain();
  }

  replaceIndex(rows: Iterable<IndexRow>): number {
    let count = 0;
    this.#commits.transaction(() => {
      this.database.exec('DELETE FROM payment');
      for (const row of rows) {
        this.statements.putRow.run({ ...row });
        count += 1;
      }
    });
    return count;
  }

  readThrough(): void {
    readThrough(this.name);
  }

  /** Moves what the log holds into the file, as far as nobody is in the way, which holds up no commit. */
  maintain(): void {
    this.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    this.#ballast.restore();
  }

  clearLog(): boolean {
    if (!this.#emptyLog()) return false;
    // After a power cut an empty log may stand beside the index of the full one, and look as if it were lost.
    this.#commits.beginLog();
    return true;
  }

  /** Throws where not all of it could be moved: the file alone is the whole journal then. */
  moveLogIntoFile(): void {
    if (!this.#emptyLog()) throw new StoreFailure('in_use', `somebody reads in ${this.name}-wal`);
  }

  close(): void {
    try {
      if (this.#role === 'writer') this.#emptyLog();
    } catch {
      // The log keeps what could not be moved until the next start.
    }
    this.database.close();
  }

  #emptyLog(): boolean {
    return this.database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  }

  #write({ facts, row, orphans, acknowledgement, replaced = [] }: Batch): void {
    for (const { seq, body, checksum, bytesKey } of replaced) {
      this.statements.replaceFact.run({ seq, body, checksum, bytesKey });
    }
    for (const fact of facts) this.statements.addFact.run({ ...fact });
    for (const orphan of orphans) this.statements.addOrphan.run({ ...orphan });
    if (acknowledgement !== undefined) this.statements.addAcknowledgement.run({ ...acknowledgement });
    if (row !== undefined) this.statements.putRow.run({ ...row });
  }
}
