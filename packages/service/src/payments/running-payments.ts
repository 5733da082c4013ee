import { isOpen, type Payment } from './payment.ts';

type Watcher = (payment: Payment) => void;

/**
 * Who waits for which payment. Whatever changes a payment (an answer, a person) says so here, and whoever waits for it
 * hears of it; nobody else needs to know who that is.
 */
export class RunningPayments {
  readonly #watchers = new Map<string, Set<Watcher>>();

  /** Resolves with the payment once it is decided, or has become as good as decided for whoever waits. */
  decided(paymentId: string): { decision: Promise<Payment>; stopWatching: () => void } {
    const { promise, resolve } = Promise.withResolvers<Payment>();
    const watchers = this.#watchers.get(paymentId) ?? new Set();
    const watcher: Watcher = (payment) => {
      if (!isOpen(payment)) resolve(payment);
    };
    watchers.add(watcher);
    this.#watchers.set(paymentId, watchers);
    const stopWatching = () => {
      watchers.delete(watcher);
      if (watchers.size === 0) this.#watchers.delete(paymentId);
    };
    return { decision: promise, stopWatching };
  }

  /** Tells everyone who waits for this payment how it stands now. */
  changed(payment: Payment): void {
    for (const watcher of [...(this.#watchers.get(payment.paymentId) ?? [])]) watcher(payment);
  }
}
