import type { Payment } from '../payments/payment.ts';
import { type Folded, foldOf, mustBeOf } from './read-payment.ts';
import type { IndexRow, Store } from './store.ts';

/**
 * The payments folded last, so that one with many facts is not folded anew for each. Whatever
 * changes the facts of a payment, be it forgetting, adds one, so a fold of the same version is the same payment: what the
 * store says about the version decides whether one still counts.
 */
export class FoldsHeld {
  readonly #store: Store;
  readonly #most: number;
  readonly #folds = new Map<string, Folded>();

  constructor(store: Store, most: number) {
    this.#store = store;
    this.#most = most;
  }

  /** For who decides by there being no other payment: throws where the row does not say what the facts say. */
  ofSound(row: IndexRow): Payment {
    const folded = this.of(row);
    mustBeOf(folded, row, this.#store.name);
    return folded.payment;
  }

  /** What the facts say, as many as the row counts; they are right, whatever else it says. */
  of(row: IndexRow): Folded {
    const held = this.#folds.get(row.paymentId);
    if (held?.payment.version === row.version) return held;
    const folded = foldOf(this.#store, row);
    this.hold(folded);
    return folded;
  }

  hold(folded: Folded): void {
    const { paymentId } = folded.row;
    this.#folds.delete(paymentId);
    this.#folds.set(paymentId, folded);
    const [oldest] = this.#folds.keys();
    if (this.#folds.size > this.#most && oldest !== undefined) this.#folds.delete(oldest);
  }

  drop(paymentId: string): void {
    this.#folds.delete(paymentId);
  }
}
