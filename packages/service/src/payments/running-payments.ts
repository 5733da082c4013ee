import { isOpen, type Payment } from './payment.ts';

type Watcher = (payment: Payment) => void;

/**
 * Who waits for which payment, and which one the terminal was asked for last. Whatever changes a payment (an answer, a
 * person) says so here, and whoever waits for it hears of it; nobody else needs to know who that is.
 */
export class RunningPayments {
  readonly #watchers = new Set<Watcher>();
  readonly #approvalWatchers = new Set<Watcher>();
  readonly #unrecorded = new Map<string, Payment>();
  #lastAsked: Payment | undefined;
  #lastSent: string | undefined;
  #onLine: Promise<unknown> | undefined;

  /** The payment that the terminal was asked for last, as it stands; known from the start of the service on. */
  get lastAsked(): Payment | undefined {
    return this.#lastAsked;
  }

  /** The terminal is about to be asked for this one, or was, before the service started. */
  asked(payment: Payment): void {
    this.#lastAsked = payment;
  }

  /** The payment whose frame was the last to go out: not of one that is being asked for, nor of one that was given up before. */
  get lastSent(): string | undefined {
    return this.#lastSent;
  }

  /** Its frame went out, whatever became of it; or may have, before the service started. */
  sent({ paymentId }: Payment): void {
    this.#lastSent = paymentId;
  }

  /** A request of ours is on the line until this ends, also where its till has been told before that (I9). */
  onLine(request: Promise<unknown>): void {
    const isOver = () => {
      this.#onLine = undefined;
    };
    this.#onLine = request.then(isOver, isOver);
  }

  /** Resolves once the line is free for the next request; undefined where it is. */
  get lineFree(): Promise<unknown> | undefined {
    return this.#onLine;
  }

  /** Resolves with the payment once it is decided, or has become as good as decided for whoever waits. */
  decided(paymentId: string): { decision: Promise<Payment>; stopWatching: () => void } {
    const { promise, resolve } = Promise.withResolvers<Payment>();
    const stopWatching = watch(this.#watchers, (payment) => {
      if (payment.paymentId === paymentId && !isOpen(payment)) resolve(payment);
    });
    return { decision: promise, stopWatching };
  }

  /** Tells of the payments that an answer approves from now on: one that is opening may be that sale (rule 2). */
  approvals(tell: (by: Payment) => void): () => void {
    return watch(this.#approvalWatchers, tell);
  }

  /** Tells everyone who waits for this payment how it stands now. */
  changed(payment: Payment): void {
    if (payment.paymentId === this.#lastAsked?.paymentId) this.#lastAsked = payment;
    this.#unrecorded.delete(payment.paymentId);
    for (const watcher of [...this.#watchers]) watcher(payment);
  }

  /** An answer has just approved this payment. */
  approved(payment: Payment): void {
    for (const watcher of [...this.#approvalWatchers]) watcher(payment);
  }

  /** How this payment stands where the journal cannot be told: known to this process alone (rule 7). */
  cannotRecord(payment: Payment): void {
    this.changed(payment);
    this.#unrecorded.set(payment.paymentId, payment);
  }

  /** What is known of this payment, and not yet on disk. */
  unrecorded(paymentId: string): Payment | undefined {
    return this.#unrecorded.get(paymentId);
  }
}

function watch(watchers: Set<Watcher>, watcher: Watcher): () => void {
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
  };
}
