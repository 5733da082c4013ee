import { assert } from '../payments/assert.ts';
import type { Fact, FactBody, Orphan } from '../payments/fact.ts';
import { applyFact } from '../payments/fold.ts';
import type { Payment, PaymentStanding } from '../payments/payment.ts';
import type { AcceptedAfter, JournalCounts, OrphanFilter, PaymentFilter } from '../payments/ports.ts';
import { VersionConflict } from '../payments/version-conflict.ts';
import { FoldsHeld } from './folds-held.ts';
import { askedSeqIn, indexRow, standingIn } from './index-row.ts';
import { journalLimits } from './journal-limits.ts';
import { JournalUpkeep } from './journal-upkeep.ts';
import { cursorAfter, pageOf, pageSize } from './list-cursor.ts';
import { type Newest, newestOf } from './newest.ts';
import { factsOf, foldOf } from './read-payment.ts';
import type { Batch, IndexRow, Store } from './store.ts';
import { bytesKey, readFact, readOrphan, storeFact, storeOrphan } from './stored-fact.ts';

/** The journal itself: facts in, payments out, one commit at a time. It is the only one that writes to its store. */
export class JournalCore extends JournalUpkeep {
  readonly #store: Store;
  readonly #nowMs: () => number;
  readonly #folds = new FoldsHeld(journalLimits.foldsHeld);
  #newest: Newest | undefined;

  constructor(store: Store, nowMs: () => number) {
    super(store);
    this.#store = store;
    this.#nowMs = nowMs;
  }

  append(paymentId: string, bodies: FactBody[], { ifVersion }: { ifVersion?: number } = {}): Payment {
    const row = this.#store.row(paymentId);
    const version = row?.version ?? 0;
    if (ifVersion !== undefined && ifVersion !== version) {
      throw new VersionConflict(
        `Payment ${paymentId} has ${version} facts, not ${ifVersion}: it has changed meanwhile.`,
      );
    }
    const { factSeq } = this.#standing();
    const atMs = this.#journalTimeMs();
    let payment = row && this.#payment(row);
    const facts = bodies.map((body, i) => {
      const stored = storeFact({ ...body, paymentId, atMs }, factSeq + 1 + i, version + 1 + i);
      // Folded as it will be read back, so that what is told now is what a restart finds.
      payment = applyFact(payment, readFact(stored, this.name));
      return stored;
    });
    assert(payment !== undefined, `nothing to append to payment ${paymentId}`);
    const askedSeq = askedSeqIn(facts) ?? row?.askedSeq ?? null;
    this.#commit({ facts, row: indexRow(payment, askedSeq), orphans: [] }, paymentId);
    this.#newest = { ...this.#standing(), factSeq: factSeq + facts.length, atMs };
    this.#folds.hold(payment);
    return payment;
  }

  appendOrphan(orphan: Omit<Orphan, 'atMs'>): void {
    const orphanSeq = this.#standing().orphanSeq + 1;
    const atMs = this.#journalTimeMs();
    this.#commit({ facts: [], orphans: [storeOrphan({ ...orphan, atMs }, orphanSeq)] });
    this.#newest = { ...this.#standing(), orphanSeq, atMs };
  }

  payment(paymentId: string): Payment | undefined {
    return this.#found(this.#store.row(paymentId));
  }

  facts(paymentId: string): Fact[] {
    return factsOf(this.#store, paymentId);
  }

  byToken(token: string): Payment | undefined {
    return this.#found(this.#store.rowByToken(token));
  }

  byOrderId(orderId: string, limit: number): PaymentStanding[] {
    return this.#store.standings(orderId, pageSize(limit)).map(standingIn);
  }

  byIdempotencyKey(idempotencyKey: string): Payment | undefined {
    return this.#found(this.#store.rowByIdempotencyKey(idempotencyKey));
  }

  untoldByBody(bodyDigest: string): Payment | undefined {
    const newest = this.#store.rowsOf(pageOf({ limit: journalLimits.listMost }));
    for (const row of newest.filter(({ toldAtMs }) => toldAtMs === null)) {
      const payment = this.#payment(row);
      if (payment.order.bodyDigest === bodyDigest) return payment;
    }
    return undefined;
  }

  lastAsked(): Payment | undefined {
    return this.#found(this.#store.rowLastAsked());
  }

  unfinished(): Payment[] {
    return this.#store.rowsUnfinished().map((row) => this.#payment(row));
  }

  awaitingRegistration(limit: number, after?: AcceptedAfter): Payment[] {
    return this.#store.rowsAwaiting(limit, after).map((row) => this.#payment(row));
  }

  list(filter: PaymentFilter): { items: Payment[]; next?: string } {
    return this.#store.atOneMoment(() => {
      const rows = this.#store.rowsOf(pageOf(filter));
      const shown = rows.slice(0, pageSize(filter.limit));
      const last = shown.at(-1);
      const more = rows.length > shown.length && last !== undefined;
      return { items: shown.map((row) => this.#payment(row)), ...(more ? { next: cursorAfter(last) } : {}) };
    });
  }

  parked(limit: number, afterPaymentId = ''): Payment[] {
    return this.#store.rowsParked(pageSize(limit), afterPaymentId).map((row) => this.#payment(row));
  }

  alarmed(limit: number, afterPaymentId = ''): Payment[] {
    return this.#store.rowsAlarmed(pageSize(limit), afterPaymentId).map((row) => this.#payment(row));
  }

  orphans({ fromMs = 0, toMs = Number.MAX_SAFE_INTEGER, limit, skip = 0 }: OrphanFilter): Orphan[] {
    return this.#store.orphans(fromMs, toMs, pageSize(limit), skip).map((stored) => readOrphan(stored, this.name));
  }

  orphanKept(bytesMasked: string, sinceMs: number): boolean {
    const key = bytesKey(bytesMasked);
    const orphans = this.#store.orphansWith(key, sinceMs).map((stored) => readOrphan(stored, this.name));
    const answers = this.#store.answersWith(key, sinceMs).map((stored) => readFact(stored, this.name));
    return [...orphans, ...answers].some((kept) => 'bytesMasked' in kept && kept.bytesMasked === bytesMasked);
  }

  counts(): JournalCounts {
    const { alarmed, ...counts } = this.#store.counts();
    return { ...counts, alarms: alarmed };
  }

  #found(row: IndexRow | undefined): Payment | undefined {
    return row && this.#payment(row);
  }

  #payment(row: IndexRow): Payment {
    const held = this.#folds.get(row.paymentId, row.version);
    if (held !== undefined) return held;
    const payment = foldOf(this.#store, row);
    this.#folds.hold(payment);
    return payment;
  }

  /** A commit that failed counts as not made: all that is known about it is read from the store again. */
  #commit(batch: Batch, paymentId?: string): void {
    try {
      this.#store.commit(batch);
    } catch (cause) {
      this.#newest = undefined;
      if (paymentId !== undefined) this.#folds.drop(paymentId);
      throw cause;
    }
  }

  /** The wall clock, but never before what is written already (rule 18). */
  #journalTimeMs(): number {
    return Math.max(this.#standing().atMs, Math.trunc(this.#nowMs()));
  }

  #standing(): Newest {
    this.#newest ??= newestOf(this.#store);
    return this.#newest;
  }
}
