interface Entry {
  dueMs: number;
  acceptedAtMs: number;
  failures: number;
  /** One look-up has found nothing since the last sending: one more and it may be sent again (rule 12). */
  lookedUp: boolean;
}

/** When each waiting registration is due, by the monotonic clock. Kept in memory: after a restart all of them are due. */
export class RegistrationSchedule {
  readonly #entries = new Map<string, Entry>();

  get size(): number {
    return this.#entries.size;
  }

  has(paymentId: string): boolean {
    return this.#entries.has(paymentId);
  }

  /** Sets when it is due; how often it failed is kept, and that it was looked up only where that is said. */
  set(payment: { paymentId: string; acceptedAtMs: number }, dueMs: number, lookedUp = false): void {
    const { paymentId, acceptedAtMs } = payment;
    const failures = this.#entries.get(paymentId)?.failures ?? 0;
    this.#entries.set(paymentId, { acceptedAtMs, dueMs, failures, lookedUp });
  }

  /** Puts off what is there, and changes nothing else. */
  delay(paymentId: string, dueMs: number): void {
    const entry = this.#entries.get(paymentId);
    if (entry !== undefined) entry.dueMs = dueMs;
  }

  /** Counts one more failure in a row, and gives how many there are. */
  fail(paymentId: string): number {
    const entry = this.#entries.get(paymentId);
    if (entry === undefined) return 1;
    entry.failures += 1;
    return entry.failures;
  }

  lookedUp(paymentId: string): boolean {
    return this.#entries.get(paymentId)?.lookedUp ?? false;
  }

  delete(paymentId: string): void {
    this.#entries.delete(paymentId);
  }

  /** The oldest payment among those that are due. */
  oldestDue(nowMs: number): string | undefined {
    let oldest: { paymentId: string; acceptedAtMs: number } | undefined;
    for (const [paymentId, { dueMs, acceptedAtMs }] of this.#entries) {
      if (dueMs <= nowMs && (oldest === undefined || acceptedAtMs < oldest.acceptedAtMs))
        oldest = { paymentId, acceptedAtMs };
    }
    return oldest?.paymentId;
  }

  /** When the next one is due; undefined where none waits. */
  nextDueMs(): number | undefined {
    let next: number | undefined;
    for (const { dueMs } of this.#entries.values()) next = Math.min(next ?? dueMs, dueMs);
    return next;
  }
}
