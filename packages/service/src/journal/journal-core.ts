import { assert } from '../payments/assert.ts';
import type { Acknowledgement, FactBody, NewOrphan, Orphan } from '../payments/fact.ts';
import { applyFact } from '../payments/fold.ts';
import type { Payment } from '../payments/payment.ts';
import type { AcceptedAfter } from '../payments/ports.ts';
import { VersionConflict } from '../payments/version-conflict.ts';
import { type Forgetting, forgetting } from './forget-payment.ts';
import { askedSeqIn, indexRow } from './index-row.ts';
import { JournalUpkeep } from './journal-upkeep.ts';
import { type Newest, newestOf } from './newest.ts';
import type { Batch, Store } from './store.ts';
import { readFact, storeAcknowledgement, storeFact, storeOrphan } from './stored-fact.ts';

/** The journal itself: facts in, payments out, one commit at a time. It is the only one that writes to its store. */
export class JournalCore extends JournalUpkeep {
  readonly #nowMs: () => number;
  #newest: Newest | undefined;

  constructor(store: Store, nowMs: () => number) {
    super(store);
    this.#nowMs = nowMs;
  }

  append(paymentId: string, bodies: FactBody[], { ifVersion }: { ifVersion?: number } = {}): Payment {
    const row = this.store.row(paymentId);
    const version = row?.version ?? 0;
    if (ifVersion !== undefined && ifVersion !== version) {
      throw new VersionConflict(
        `Payment ${paymentId} has ${version} facts, not ${ifVersion}: it has changed meanwhile.`,
      );
    }
    const { factSeq } = this.#standing();
    const atMs = this.#journalTimeMs();
    const before = row && this.folds.of(row);
    let payment = before?.payment;
    const facts = bodies.map((body, i) => {
      const stored = storeFact({ ...body, paymentId, atMs }, factSeq + 1 + i, version + 1 + i);
      // Folded as it will be read back, so that what is told now is what a restart finds.
      payment = applyFact(payment, readFact(stored, this.name));
      return stored;
    });
    assert(payment !== undefined, `nothing to append to payment ${paymentId}`);
    const written = indexRow(payment, askedSeqIn(facts) ?? before?.row.askedSeq ?? null);
    this.#commit({ facts, row: written, orphans: [] }, paymentId);
    this.#newest = { ...this.#standing(), factSeq: factSeq + facts.length, atMs };
    this.folds.hold({ payment, row: written });
    for (const body of bodies) this.earlier.remember({ ...body, paymentId, atMs });
    return payment;
  }

  appendOrphan(orphan: NewOrphan): void {
    const orphanId = this.#standing().orphanSeq + 1;
    const atMs = this.#journalTimeMs();
    this.#commit({ facts: [], orphans: [storeOrphan({ ...orphan, orphanId, atMs })] });
    this.#newest = { ...this.#standing(), orphanSeq: orphanId, atMs };
  }

  /** Keeps a person's word on an orphan, where it is the first one; gives the orphan with the word that stands. */
  acknowledgeOrphan(orphanId: number, word: Omit<Acknowledgement, 'atMs'>): Orphan | undefined {
    const known = this.orphan(orphanId);
    if (known === undefined || known.acknowledged !== undefined) return known;
    const acknowledgement = storeAcknowledgement(orphanId, { ...word, atMs: this.#journalTimeMs() });
    this.#commit({ facts: [], orphans: [], acknowledgement });
    return this.orphan(orphanId);
  }

  /** The oldest payment at rest from before then, and behind `after`, loses what tells of its customer. */
  forgetOne(beforeMs: number, after?: AcceptedAfter): Forgetting | undefined {
    const row = this.store.rowToForget(beforeMs, after);
    if (row === undefined) return undefined;
    const { acceptedAtMs, paymentId } = row;
    const seq = this.#standing().factSeq + 1;
    const atMs = this.#journalTimeMs();
    const found = forgetting(this.store, row, { seq, atMs });
    if (!found.ok) return { acceptedAtMs, paymentId, damage: found.damage };
    this.#commit(found.batch, paymentId);
    this.#newest = { ...this.#standing(), factSeq: seq, atMs };
    return { acceptedAtMs, paymentId };
  }

  /** A commit that failed counts as not made: all that is known about it is read from the store again. */
  #commit(batch: Batch, paymentId?: string): void {
    try {
      this.store.commit(batch);
    } catch (cause) {
      this.#newest = undefined;
      if (paymentId !== undefined) this.folds.drop(paymentId);
      throw cause;
    }
  }

  /** The wall clock, but never before what is written already (rule 18). */
  #journalTimeMs(): number {
    return Math.max(this.#standing().atMs, Math.trunc(this.#nowMs()));
  }

  #standing(): Newest {
    this.#newest ??= newestOf(this.store);
    return this.#newest;
  }
}
