/** What is known of HiPay right now: whether it answers, and what about the account needs mending. */
export class HipayPresence {
  /** It did not answer the last time it was asked: no till waits for it until it does (rule 13). */
  away = false;
  alarm: string | undefined;
  lastFailure: string | undefined;

  heard(): void {
    this.away = false;
    this.alarm = undefined;
  }

  failed(detail: string): void {
    this.away = true;
    this.lastFailure = detail;
  }
}
