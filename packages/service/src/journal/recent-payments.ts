import type { Fact } from '../payments/fact.ts';
import type { Order } from '../payments/order.ts';
import { journalLimits } from './journal-limits.ts';
import { isDamage } from './journal-problem.ts';
import type { Store, StoredFact } from './store.ts';
import { readFact } from './stored-fact.ts';

/** A payment, and by what its order is known again. */
export interface Recent extends Pick<Order, 'orderId' | 'idempotencyKey' | 'bodyDigest'> {
  paymentId: string;
  acceptedAtMs: number;
}

type Accepted = Extract<Fact, { kind: 'accepted' }>;

/**
 * The newest payments, as their own facts name them. An index that was damaged can lead past a payment, and says nothing of
 * that; a payment that is known from here must be found there.
 */
export class RecentPayments {
  /** Oldest first. */
  readonly #known = new Map<string, Recent>();
  /** The payments whose results were given to requests with keys that are not their own, the first one of each key. */
  readonly #ofOtherKey = new Map<string, string>();

  /** What the facts written last tell of; those that cannot be believed are passed over: an index row leads to them. */
  static of(store: Store): RecentPayments {
    const recent = new RecentPayments();
    const end = (store.newestFact()?.seq ?? 0) + 1;
    const first = Math.max(1, end - journalLimits.recalledFacts);
    for (let from = first; from < end; from += journalLimits.factsAtOnce) {
      for (const kind of ['accepted', 'keyed'] as const) {
        const read = () => store.factsOfKind(kind, from, from + journalLimits.factsAtOnce);
        for (const fact of believable(read, store.name)) recent.learn(fact);
      }
    }
    return recent;
  }

  /** One that is newer than all that are known. */
  learn(fact: Fact): void {
    const { paymentId } = fact;
    if (fact.kind === 'accepted') {
      const { orderId, idempotencyKey, bodyDigest } = fact.order;
      const key = idempotencyKey === undefined ? {} : { idempotencyKey };
      hold(this.#known, paymentId, { paymentId, acceptedAtMs: fact.atMs, orderId, bodyDigest, ...key });
    } else if (fact.kind === 'keyed') {
      hold(this.#ofOtherKey, fact.idempotencyKey, this.ofOtherKey(fact.idempotencyKey) ?? paymentId);
    }
  }

  /** The payment whose result was given to a request with this key, though it was begun with another one, or none. */
  ofOtherKey(idempotencyKey: string): string | undefined {
    return this.#ofOtherKey.get(idempotencyKey);
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

function hold<Value>(held: Map<string, Value>, key: string, value: Value): void {
  held.set(key, value);
  const [oldest] = held.keys();
  if (held.size > journalLimits.recentPayments && oldest !== undefined) held.delete(oldest);
}

/** What those that can be believed say of their payments. */
export function acceptedAmong(read: () => StoredFact[], journalName: string): Accepted[] {
  return believable(read, journalName).filter((fact) => fact.kind === 'accepted');
}

function believable(read: () => StoredFact[], journalName: string): Fact[] {
  return passingOver(read).flatMap((stored) => passingOver(() => [readFact(stored, journalName)]));
}

function passingOver<Item>(read: () => Item[]): Item[] {
  try {
    return read();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return [];
  }
}
