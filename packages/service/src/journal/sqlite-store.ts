import { statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { AcceptedAfter } from '../payments/ports.ts';
import { Ballast } from './ballast.ts';
import { failureReason, StoreFailure } from './failure-reason.ts';
import { GuardedCommits } from './guarded-commits.ts';
import { closeToOthers, createJournalFile } from './journal-files.ts';
import { journalLimits } from './journal-limits.ts';
import { type OrphanJoined, orphanRecord } from './orphan-record.ts';
import { partialIndexDamage } from './partial-index-damage.ts';
import { prepareDatabase } from './prepare-database.ts';
import { prepareStatements, type Statements, standingRow } from './sqlite-statements.ts';
import type {
  Batch,
  IndexRow,
  OrphanPart,
  OrphanRecord,
  Page,
  StandingRow,
  Store,
  StoreCounts,
  StoredFact,
  StoredOrphan,
} from './store.ts';
import { visitDatabase } from './visit-database.ts';

/**
 * The writer makes the file where there is none, and is the only one that changes facts. A visitor comes from outside the
 * service, and leaves no trace: no file is made, none is changed.
 */
export type StoreRole = 'writer' | 'reader' | 'visitor';

/** The header with the schema: a page of SQLite's usual size, which ours are. */
const SMALLEST_BYTES = 4_096;

type Values = Record<string, SQLInputValue>;

/** A store in one SQLite file: write-ahead log, and each commit synced before it returns. */
export class SqliteStore implements Store {
  readonly name: string;
  readonly #role: StoreRole;
  readonly #ballast: Ballast;
  readonly #commits: GuardedCommits;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;

  constructor(file: string, role: StoreRole) {
    this.name = file;
    this.#role = role;
    this.#ballast = new Ballast(file.replace(/\.db$/, '.ballast'));
    if (role === 'writer') createJournalFile(file);
    const there = statSync(file, { throwIfNoEntry: false });
    if (there === undefined) throw new StoreFailure('no_access', `${file} does not exist`);
    // Of less than a page SQLite makes a new database, and deletes the log that belonged to it.
    if (there.size < SMALLEST_BYTES) throw new StoreFailure('damaged', `it has only ${there.size} bytes`);
    this.#database = role === 'visitor' ? visitDatabase(file) : new DatabaseSync(file, { timeout: 0 });
    this.#commits = new GuardedCommits(this.#database, this.#ballast);
    try {
      prepareDatabase(this.#database, role, this.#ballast);
      this.#statements = prepareStatements(this.#database);
      if (role !== 'visitor') closeToOthers(file);
      if (role === 'writer') this.#commits.begin();
    } catch (cause) {
      this.#database.close();
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

  structureDamage(): string[] {
    try {
      const found = this.#database.prepare(`PRAGMA integrity_check(${journalLimits.damagesNamed})`).all();
      const damage = found.map((row) => String(row.integrity_check)).filter((sentence) => sentence !== 'ok');
      return damage.length > 0 ? damage : partialIndexDamage(this.#database);
    } catch (cause) {
      if (failureReason(cause) !== 'damaged') throw cause;
      return [(cause as Error).message];
    }
  }

  atOneMoment<T>(read: () => T): T {
    this.#database.exec('BEGIN');
    try {
      return read();
    } finally {
      this.#database.exec('ROLLBACK');
    }
  }

  factsFrom(seq: number, count: number): StoredFact[] {
    return this.#all('factsFrom', { seq, end: seq + count });
  }

  orphansFrom(seq: number, count: number): OrphanRecord[] {
    return this.#all<OrphanJoined>('orphansFrom', { seq, end: seq + count }).map(orphanRecord);
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

  standings(orderId: string, limit: number): StandingRow[] {
    return this.#statements.standings.all({ orderId, limit }).map(standingRow);
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
    return this.#all<StoreCounts>('counts')[0] as StoreCounts;
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
    this.#commits.transaction(() => {
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
    if (!this.#emptyLog()) return false;
    // After a power cut an empty log may stand beside the index of the full one, and look as if it were lost.
    this.#commits.beginLog();
    return true;
  }

  close(): void {
    try {
      if (this.#role === 'writer') this.#emptyLog();
    } catch {
      // The log keeps what could not be moved until the next start.
    }
    this.#database.close();
  }

  #emptyLog(): boolean {
    return this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
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

  #all<Row>(name: keyof Statements, values: Values = {}): Row[] {
    return this.#statements[name].all(values).map((row) => ({ ...row })) as Row[];
  }
}
