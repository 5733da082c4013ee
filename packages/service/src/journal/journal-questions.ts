import { EVERYTHING } from '../payments/counting.ts';
import type { Fact, Orphan } from '../payments/fact.ts';
import type { Payment } from '../payments/payment.ts';
import type { AcceptedAfter, JournalCounts, OrphanFilter, PaymentFilter, PaymentsOfOrder } from '../payments/ports.ts';
import { EarlierPayments } from './earlier-payments.ts';
import { FoldsHeld } from './folds-held.ts';
import { journalLimits } from './journal-limits.ts';
import { cursorAfter, pageOf, pageSize } from './list-cursor.ts';
import { firstSeqSince } from './moments.ts';
import { areBytesKept, orphansOf } from './read-orphans.ts';
import { factsOf, saysOtherwise } from './read-payment.ts';
import type { IndexRow, Store } from './store.ts';
import { readOrphan } from './stored-fact.ts';

/** What a journal can be asked: its store's rows, folded into payments. */
export class JournalQuestions {
  protected readonly store: Store;
  protected readonly folds: FoldsHeld;
  protected readonly earlier: EarlierPayments;

  constructor(store: Store) {
    this.store = store;
    this.folds = new FoldsHeld(store, journalLimits.foldsHeld);
    this.earlier = new EarlierPayments(store, this.folds);
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
    const payment = this.#found(this.store.rowByToken(token));
    if (payment !== undefined && payment.asked?.token !== token) throw saysOtherwise(this.name, payment.paymentId);
    return payment;
  }

  byOrderId(orderId: string, limit: number, counting = EVERYTHING): PaymentsOfOrder {
    return this.earlier.ofOrder(orderId, limit, counting);
  }

  byIdempotencyKey(idempotencyKey: string): Payment | undefined {
    return this.earlier.ofIdempotencyKey(idempotencyKey);
  }

  untoldByBody(bodyDigest: string, counting = EVERYTHING): Payment | undefined {
    return this.earlier.untoldInWords(bodyDigest, counting);
  }

  /** Reads what else the first order would wait for. */
  recall(): void {
    this.earlier.recall();
  }

  lastAsked(): Payment | undefined {
    return this.#found(this.store.rowLastAsked());
  }

  unfinished(): Payment[] {
    return this.store.rowsUnfinished().map((row) => this.folds.of(row).payment);
  }

  awaitingRegistration(limit: number, after?: AcceptedAfter): Payment[] {
    return this.store.rowsAwaiting(limit, after).map((row) => this.folds.of(row).payment);
  }

  list(filter: PaymentFilter): { items: Payment[]; next?: string } {
    return this.store.atOneMoment(() => {
      const rows = this.store.rowsOf(pageOf(filter));
      const shown = rows.slice(0, pageSize(filter.limit));
      const last = shown.at(-1);
      const more = rows.length > shown.length && last !== undefined;
      return { items: shown.map((row) => this.folds.of(row).payment), ...(more ? { next: cursorAfter(last) } : {}) };
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
      return { items: rows.map((row) => this.folds.of(row).payment), next: end };
    });
  }

  parked(limit: number, afterPaymentId = ''): Payment[] {
    return this.#allOf(() => this.store.rowsParked(pageSize(limit), afterPaymentId));
  }

  alarmed(limit: number, afterPaymentId = ''): Payment[] {
    return this.#allOf(() => this.store.rowsAlarmed(pageSize(limit), afterPaymentId));
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

  /** Rows and facts of one moment: another thread may be writing. */
  #allOf(rows: () => IndexRow[]): Payment[] {
    return this.store.atOneMoment(() => rows().map((row) => this.folds.of(row).payment));
  }

  #found(row: IndexRow | undefined): Payment | undefined {
    return row && this.folds.of(row).payment;
  }
}
