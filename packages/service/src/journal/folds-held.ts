import type { Payment } from '../payments/payment.ts';

/**
 * The payments folded last, so that one with many facts is not folded anew for each. Whatever
 * changes the facts of a payment, be it forgetting, adds one, so a fold of the same version is the same payment: what the
 * store says about the version decides whether one still counts.
 */
export class FoldsHeld {
  readonly #most: number;
  readonly #payments = new Map<string, Payment>();

  constructor(most: number) {
    this.#most = most;
  }

  get(paymentId: string, version: number): Payment | undefined {
    const payment = this.#payments.get(paymentId);
    return payment?.version === version ? payment : undefined;
  }

  hold(payment: Payment): void {
    this.#payments.delete(payment.paymentId);
    this.#payments.set(payment.paymentId, payment);
    const [oldest] = this.#payments.keys();
    if (this.#payments.size > this.#most && oldest !== undefined) this.#payments.delete(oldest);
  }

  drop(paymentId: string): void {
    this.#payments.delete(paymentId);
  }
}
