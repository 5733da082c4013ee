import { isOpen, type Payment } from './payment.ts';

type Watcher = (payment: Payment) => void;

/**
 * Who waits for which payment, and which one the terminal was asked for last. Whatever changes a payment (an answer, a
 * person) says so here, and whoever waits for it hears of it; nobody else needs to know who that is.
 */
export class RunningPayments {
  readonly #watchers = new Set<Watcher>();
  #lastAsked: Payment | undefined;

  /** The payment that the terminal was asked for last, as it stands; known from the start of the service on. */
  get lastAsked(): Payment | undefined {
    return this.#lastAsked;
  }

  /** The terminal is about to be asked for this one, or was, before the service started. */
  asked(payment: Payment): void {
    this.#lastAsked = payment;
  }

  /** Resolves with the payment once it is decided, or has become as good as decided for whoever waits. */
  decided(paymentId: string): { decision: Promise<Payment>; stopWatching: () => void } {
    const { promise, resolve } = Promise.withResolvers<Payment>();
    const stopWatching = this.#watch((payment) => {
      if (payment.paymentId === paymentId && !isOpen(payment)) resolve(payment);
    });
    return { decision: promise, stopWatching };
  }

  /** Tells of the first other payment that is approved from now on: a late answer, while this one is opening (rule 2). */
  overtaken(paymentId: string, tell: (by: Payment) => void): () => void {
    return this.#watch((payment) => {
      if (payment.paymentId !== paymentId && payment.state === 'approved') tell(payment);
    });
  }

  /** Tells everyone who waits for this payment how it stands now. */
  changed(payment: Payment): void {
    if (payment.paymentId === this.#lastAsked?.paymentId) this.#lastAsked = payment;
    for (const watcher of [...this.#watchers]) watcher(payment);
  }

  #watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  }
}
