import type { Order } from '../payments/order.ts';
import type { Payment } from '../payments/payment.ts';
import { journalLimits } from './journal-limits.ts';
import { isDamage } from './journal-problem.ts';
import type { Store, StoredFact } from './store.ts';
import { readFact } from './stored-fact.ts';

/** A payment, and by what its order is known again. */
export interface Recent extends Pick<Order, 'orderId' | 'idempotencyKey' | 'bodyDigest'> {
  paymentId: string;
  acceptedAtMs: number;
}

type Accepted = Pick<Payment, 'paymentId' | 'acceptedAtMs' | 'order'>;

/**
 * The newest payments, as their own facts name them. An index that was damaged can lead past a payment, and says nothing of
 * that; a payment that is known from here must be found there.
 */
export class RecentPayments {
  /** Oldest first. */
  readonly #known = new Map<string, Recent>();

  /** What the facts written last tell of; those that cannot be believed are passed over: an index row leads to them. */
  static of(store: Store): RecentPayments {
    const recent = new RecentPayments();
    const end = (store.newestFact()?.seq ?? 0) + 1;
    const first = Math.max(1, end - journalLimits.recalledFacts);
    for (let from = first; from < end; from += journalLimits.factsAtOnce) {
      const read = () => store.factsOfKind('accepted', from, from + journalLimits.factsAtOnce);
      for (const accepted of acceptedAmong(read, store.name)) recent.add(accepted);
    }
    return recent;
  }

  add({ paymentId, acceptedAtMs, order }: Accepted): void {
    const { orderId, idempotencyKey, bodyDigest } = order;
    this.#known.set(paymentId, {
      ...{ paymentId, acceptedAtMs, orderId, bodyDigest },
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
    const [oldest] = this.#known.keys();
    if (this.#known.size > journalLimits.recentPayments && oldest !== undefined) this.#known.delete(oldest);
  }

  /**
   * By their places among the facts. An index has no other order for what was accepted at one moment than by id; while journal
   * time stands still (rule 18), ids run back with the wall that they are made by.
   */
  newest(limit: number, fits: (payment: Recent) => boolean = () => true): Recent[] {
    const known = [...this.#known.values()].filter(fits);
    return known.reverse().slice(0, limit);
  }
}

/** What those that can be believed say of their payments. */
export function acceptedAmong(read: () => StoredFact[], journalName: string): Accepted[] {
  return passingOver(read).flatMap((stored) =>
    passingOver(() => {
      const fact = readFact(stored, journalName);
      return fact.kind === 'accepted' ? [{ ...fact, acceptedAtMs: fact.atMs }] : [];
    }),
  );
}

function passingOver<Item>(read: () => Item[]): Item[] {
  try {
    return read();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return [];
  }
}
