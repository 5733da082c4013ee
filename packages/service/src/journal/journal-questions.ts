import { EVERYTHING } from '../payments/counting.ts';
import type { Fact, Orphan } from '../payments/fact.ts';
import type { Payment, PaymentStanding } from '../payments/payment.ts';
import type { AcceptedAfter, JournalCounts, OrphanFilter, PaymentFilter } from '../payments/ports.ts';
import { FoldsHeld } from './folds-held.ts';
import { standingIn } from './index-row.ts';
import { journalLimits } from './journal-limits.ts';
import { cursorAfter, pageOf, pageSize } from './list-cursor.ts';
import { firstSeqSince } from './moments.ts';
import { areBytesKept, orphansOf } from './read-orphans.ts';
import { factsOf, foldOf } from './read-payment.ts';
import type { IndexRow, Store } from './store.ts';
import { readOrphan } from './stored-fact.ts';

/** What a journal can be asked: its store's rows, folded into payments. */
export class JournalQuestions {
  protected readonly store: Store;
  protected readonly folds = new FoldsHeld(journalLimits.foldsHeld);

  constructor(store: Store) {
    this.store = store;
  }

  get name(): string {
    return this.store.name;
  }

  payment(paymentId: string): Payment | undefined {
    return this.#found(this.store.row(paymentId));
  }

  facts(paymentId: string): Fact[] {
    return factsOf(this.store, paymentId);
  }

  byToken(token: string): Payment | undefined {
    return this.#found(this.store.rowByToken(token));
  }

  byOrderId(orderId: string, limit: number, counting = EVERYTHING): PaymentStanding[] {
    return this.store.standings(orderId, pageSize(limit), counting).map(standingIn);
  }

  byIdempotencyKey(idempotencyKey: string): Payment | undefined {
    return this.#found(this.store.rowByIdempotencyKey(idempotencyKey));
  }

  untoldByBody(bodyDigest: string): Payment | undefined {
    const newest = this.store.rowsOf(pageOf({ limit: journalLimits.listMost }));
    for (const row of newest.filter(({ toldAtMs }) => toldAtMs === null)) {
      const payment = this.foldOf(row);
      if (payment.order.bodyDigest === bodyDigest) return payment;
    }
    return undefined;
  }

  lastAsked(): Payment | undefined {
    return this.#found(this.store.rowLastAsked());
  }

  unfinished(): Payment[] {
    return this.store.rowsUnfinished().map((row) => this.foldOf(row));
  }

  awaitingRegistration(limit: number, after?: AcceptedAfter): Payment[] {
    return this.store.rowsAwaiting(limit, after).map((row) => this.foldOf(row));
  }

  list(filter: PaymentFilter): { items: Payment[]; next?: string } {
    return this.store.atOneMoment(() => {
      const rows = this.store.rowsOf(pageOf(filter));
      const shown = rows.slice(0, pageSize(filter.limit));
      const last = shown.at(-1);
      const more = rows.length > shown.length && last !== undefined;
      return { items: shown.map((row) => this.foldOf(row)), ...(more ? { next: cursorAfter(last) } : {}) };
    });
  }

  answeredLater(
    { fromMs, toMs }: { fromMs: number; toMs: number },
    next?: number,
  ): { items: Payment[]; next?: number } {
    return this.store.atOneMoment(() => {
      const first = this.store.momentFrom(next ?? firstSeqSince(this.store, fromMs));
      if (first === undefined || first.atMs >= toMs) return { items: [] };
      const end = first.seq + journalLimits.factsAtOnce;
      const rows = this.store.rowsAnswered({ seq: first.seq, end, acceptedBeforeMs: fromMs });
      return { items: rows.map((row) => this.foldOf(row)), next: end };
    });
  }

  parked(limit: number, afterPaymentId = ''): Payment[] {
    return this.store.rowsParked(pageSize(limit), afterPaymentId).map((row) => this.foldOf(row));
  }

  alarmed(limit: number, afterPaymentId = ''): Payment[] {
    return this.store.rowsAlarmed(pageSize(limit), afterPaymentId).map((row) => this.foldOf(row));
  }

  orphans(filter: OrphanFilter): Orphan[] {
    return orphansOf(this.store, { ...filter, limit: pageSize(filter.limit) });
  }

  orphan(orphanId: number): Orphan | undefined {
    const record = this.store.orphan(orphanId);
    return record && readOrphan(record, this.name);
  }

  orphanKept(bytesMasked: string, sinceMs: number): boolean {
    return areBytesKept(this.store, bytesMasked, sinceMs);
  }

  counts(): JournalCounts {
    const { alarmed, ...counts } = this.store.counts();
    return { ...counts, alarms: alarmed };
  }

  #found(row: IndexRow | undefined): Payment | undefined {
    return row && this.foldOf(row);
  }

  protected foldOf(row: IndexRow): Payment {
    const held = this.folds.get(row.paymentId, row.version);
    if (held !== undefined) return held;
    const payment = foldOf(this.store, row);
    this.folds.hold(payment);
    return payment;
  }
}
