import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { centreLimits } from '../payments/centre-limits.ts';
import type { Counting } from '../payments/counting.ts';
import type { FactBody } from '../payments/fact.ts';
import type { AcceptedAfter } from '../payments/ports.ts';
import { failureReason } from './failure-reason.ts';
import { journalLimits } from './journal-limits.ts';
import { type OrphanJoined, orphanRecord } from './orphan-record.ts';
import { partialIndexDamage } from './partial-index-damage.ts';
import type { Statements } from './sqlite-statements.ts';
import type {
  IndexRow,
  OrphanPart,
  OrphanRecord,
  Page,
  StandingRow,
  StoreCounts,
  StoredFact,
  StoredOrphan,
} from './store.ts';

type Values = Record<string, SQLInputValue>;

const BEFORE_ALL: AcceptedAfter = { acceptedAtMs: -1, paymentId: '' };

/** What a store in an SQLite file can be asked: one prepared statement each. */
export abstract class SqliteQuestions {
  protected abstract readonly database: DatabaseSync;
  protected abstract readonly statements: Statements;

  structureDamage(): string[] {
    try {
      const found = this.database.prepare(`PRAGMA integrity_check(${journalLimits.damagesNamed})`).all();
      const damage = found.map((row) => String(row.integrity_check)).filter((sentence) => sentence !== 'ok');
      return damage.length > 0 ? damage : partialIndexDamage(this.database);
    } catch (cause) {
      if (failureReason(cause) !== 'damaged') throw cause;
      return [(cause as Error).message];
    }
  }

  atOneMoment<T>(read: () => T): T {
    this.database.exec('BEGIN');
    try {
      return read();
    } finally {
      // SQLite has ended it by itself after some errors, and a second error would hide the first.
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
    }
  }

  factsFrom(seq: number, count: number): StoredFact[] {
    return this.#all('factsFrom', { seq, end: seq + count });
  }

  factsOfKind(kind: FactBody['kind'], seq: number, end: number): StoredFact[] {
    return this.#all('factsOfKind', { kind, seq, end });
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

  rowsAwaiting(limit: number, after: AcceptedAfter = BEFORE_ALL): IndexRow[] {
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

  standings(orderId: string, limit: number, { sinceMs, bootAtMs, bootId }: Counting): StandingRow[] {
    const { clockToleranceMs: toleranceMs } = centreLimits;
    return this.#all('standings', { orderId, limit, sinceMs, bootAtMs, bootId: bootId ?? null, toleranceMs });
  }

  momentFrom(seq: number): Pick<StoredFact, 'seq' | 'atMs'> | undefined {
    return this.#all<StoredFact>('momentFrom', { seq })[0];
  }

  rowsAnswered(among: { seq: number; end: number; acceptedBeforeMs: number }): IndexRow[] {
    return this.#all('rowsAnswered', among);
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

  rowToForget(beforeMs: number, after: AcceptedAfter = BEFORE_ALL): IndexRow | undefined {
    const { acceptedAtMs, paymentId } = after;
    return this.#all<IndexRow>('rowToForget', { beforeMs, acceptedAtMs, paymentId })[0];
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

  newestAcknowledged(): number | undefined {
    return this.#all<{ seq: number }>('newestAcknowledged')[0]?.seq;
  }

  paymentIdsAfter(paymentId: string, limit: number): string[] {
    return this.#all<{ paymentId: string }>('paymentIdsAfter', { paymentId, limit }).map((row) => row.paymentId);
  }

  #all<Row>(name: keyof Statements, values: Values = {}): Row[] {
    return this.statements[name].all(values).map((row) => ({ ...row })) as Row[];
  }
}
