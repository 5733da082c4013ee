import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { AcceptedAfter } from '../payments/ports.ts';
import { Ballast } from './ballast.ts';
import { StoreFailure } from './failure-reason.ts';
import { closeToOthers, createJournalFile } from './journal-files.ts';
import { type OrphanJoined, orphanRecord } from './orphan-record.ts';
import { prepareDatabase, type StoreRole } from './prepare-database.ts';
import { prepareStatements, type Statements } from './sqlite-statements.ts';
import type {
  Batch,
  IndexRow,
  OrphanPart,
  OrphanRecord,
  Page,
  Store,
  StoreCounts,
  StoredFact,
  StoredOrphan,
} from './store.ts';
import { visitDatabase } from './visit-database.ts';

type Values = Record<string, SQLInputValue>;

/** A store in one SQLite file: write-ahead log, and each commit synced before it returns. */
export class SqliteStore implements Store {
  readonly name: string;
  readonly #role: StoreRole;
  readonly #ballast: Ballast;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;

  constructor(file: string, role: StoreRole) {
    this.name = file;
    this.#role = role;
    this.#ballast = new Ballast(file.replace(/\.db$/, '.ballast'));
    if (role === 'writer') createJournalFile(file);
    if (!existsSync(file)) throw new StoreFailure('no_access', `${file} does not exist`);
    this.#database = role === 'visitor' ? visitDatabase(file) : new DatabaseSync(file, { timeout: 0 });
    try {
      prepareDatabase(this.#database, role);
      this.#statements = prepareStatements(this.#database);
      if (role !== 'visitor') closeToOthers(file);
      if (role === 'writer') this.#ballast.restore();
    } catch (cause) {
      this.#database.close();
      throw cause;
    }
  }

  commit(batch: Batch): void {
    // Forgetting can wait for room as well as a new payment can.
    const opensPayment = batch.facts[0]?.version === 1 || batch.replaced !== undefined;
    this.#ballast.guard({ opensPayment }, () => this.#transaction(() => this.#write(batch)));
  }

  atOneMoment<T>(read: () => T): T {
    this.#database.exec('BEGIN');
    try {
      return read();
    } finally {
      this.#database.exec('ROLLBACK');
    }
  }

  factsOf(paymentId: string): StoredFact[] {
    return this.#all('factsOf', { paymentId });
  }

  row(paymentId: string): IndexRow | undefined {
    return this.#all<IndexRow>('row', { paymentId })[0];
  }

  rowByToken(token: string): IndexRow | undefined {
    return this.#all<IndexRow>('rowByToken', { token })[0];
  }

  rowByIdempotencyKey(idempotencyKey: string): IndexRow | undefined {
    return this.#all<IndexRow>('rowByIdempotencyKey', { idempotencyKey })[0];
  }

  rowLastAsked(): IndexRow | undefined {
    return this.#all<IndexRow>('rowLastAsked')[0];
  }

  rowsUnfinished(): IndexRow[] {
    return this.#all('rowsUnfinished');
  }

  rowsAwaiting(limit: number, after: AcceptedAfter = { acceptedAtMs: -1, paymentId: '' }): IndexRow[] {
    const { acceptedAtMs, paymentId } = after;
    return this.#all('rowsAwaiting', { limit, acceptedAtMs, paymentId });
  }

  rowsOf({ orderId, state, fromMs, before, limit }: Page): IndexRow[] {
    const page = { fromMs, beforeMs: before.acceptedAtMs, beforeId: before.paymentId, limit };
    if (orderId === undefined) {
      return state === undefined ? this.#all('page', page) : this.#all('pageOfState', { ...page, state });
    }
    return state === undefined
      ? this.#all('pageOfOrder', { ...page, orderId })
      : this.#all('pageOfOrderAndState', { ...page, orderId, state });
  }

  answersWith(bytesKey: number, sinceMs: number): StoredFact[] {
    return this.#all('answersWith', { bytesKey, sinceMs });
  }

  orphansWith(bytesKey: number, sinceMs: number): StoredOrphan[] {
    return this.#all('orphansWith', { bytesKey, sinceMs });
  }

  rowsParked(limit: number, after: string): IndexRow[] {
    return this.#all('rowsParked', { limit, after });
  }

  rowsAlarmed(limit: number, after: string): IndexRow[] {
    return this.#all('rowsAlarmed', { limit, after });
  }

  orphans({ onlyOpen, ...part }: OrphanPart): OrphanRecord[] {
    return this.#all<OrphanJoined>('orphans', { ...part, onlyOpen: Number(onlyOpen) }).map(orphanRecord);
  }

  orphan(seq: number): OrphanRecord | undefined {
    return this.#all<OrphanJoined>('orphan', { seq }).map(orphanRecord)[0];
  }

  rowToForget(beforeMs: number): IndexRow | undefined {
    return this.#all<IndexRow>('rowToForget', { beforeMs })[0];
  }

  counts(): StoreCounts {
    const [counts] = this.#all<StoreCounts>('counts');
    return { ...(counts as StoreCounts) };
  }

  newestFact(): StoredFact | undefined {
    return this.#all<StoredFact>('newestFact')[0];
  }

  newestOrphan(): StoredOrphan | undefined {
    return this.#all<StoredOrphan>('newestOrphan')[0];
  }

  paymentIdsAfter(paymentId: string, limit: number): string[] {
    return this.#all<{ paymentId: string }>('paymentIdsAfter', { paymentId, limit }).map((row) => row.paymentId);
  }

  replaceIndex(rows: Iterable<IndexRow>): void {
    this.#transaction(() => {
      this.#database.exec('DELETE FROM payment');
      for (const row of rows) this.#statements.putRow.run({ ...row });
    });
  }

  /** Moves what the log holds into the file, as far as nobody is in the way, which holds up no commit. */
  maintain(): void {
    this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    this.#ballast.restore();
  }

  clearLog(): boolean {
    return this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
  }

  close(): void {
    try {
      if (this.#role === 'writer') this.clearLog();
    } catch {
      // The log keeps what could not be moved until the next start.
    }
    this.#database.close();
  }

  #write({ facts, row, orphans, acknowledgement, replaced = [] }: Batch): void {
    for (const { seq, body, checksum, bytesKey } of replaced) {
      this.#statements.replaceFact.run({ seq, body, checksum, bytesKey });
    }
    for (const fact of facts) this.#statements.addFact.run({ ...fact });
    for (const orphan of orphans) this.#statements.addOrphan.run({ ...orphan });
    if (acknowledgement !== undefined) this.#statements.addAcknowledgement.run({ ...acknowledgement });
    if (row !== undefined) this.#statements.putRow.run({ ...row });
  }

  #transaction(act: () => void): void {
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

  #all<Row>(name: keyof Statements, values: Values = {}): Row[] {
    return this.#statements[name].all(values).map((row) => ({ ...row })) as Row[];
  }
}
