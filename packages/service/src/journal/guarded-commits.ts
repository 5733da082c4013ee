import type { DatabaseSync } from 'node:sqlite';
import type { HeldRoom } from './ballast.ts';
import { SCHEMA_VERSION } from './sqlite-schema.ts';

/** Commits to a database on a disk that may be full, and remembers whether the last one succeeded. */
export class GuardedCommits {
  readonly #database: DatabaseSync;
  readonly #ballast: HeldRoom;
  #lastFailed = false;

  constructor(database: DatabaseSync, ballast: HeldRoom) {
    this.#database = database;
    this.#ballast = ballast;
  }

  /** Throws where the database cannot be written; a disk that is full gives what room was held for payments under way. */
  begin(): void {
    this.run({ opensPayment: false }, () => this.#touch());
    this.#ballast.restore();
  }

  run(about: { opensPayment: boolean }, act: () => void): void {
    this.#lastFailed = true;
    this.#ballast.guard(about, () => this.transaction(act));
    this.#lastFailed = false;
  }

  /** Throws where a new payment could not be written down. Where the last commit succeeded that is known without another one. */
  tryAgain(): void {
    if (this.#lastFailed || !this.#ballast.isThere) this.run({ opensPayment: true }, () => this.#touch());
  }

  /** The first commit after the log was emptied. It can wait for room as well as a new payment can. */
  beginLog(): void {
    this.run({ opensPayment: true }, () => this.#touch());
  }

  /** Writes what stands there already: a commit like any other. */
  #touch(): void {
    this.#database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
  }

  /** Without the ballast: what asks for it is no payment's. */
  transaction(act: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      act();
      this.#database.exec('COMMIT');
    } catch (cause) {
      // SQLite has rolled back by itself after some errors, and not after others.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw cause;
    }
  }
}
