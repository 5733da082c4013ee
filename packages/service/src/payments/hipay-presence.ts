/** What is known of HiPay right now: whether it answers, and what about the account needs mending. */
export class HipayPresence {
  /** It did not answer the last time it was asked: no till waits for it until it does (rule 13). */
  away = false;
  alarm: string | undefined;
  lastFailure: string | undefined;
  #asked = false;

  get state(): 'ok' | 'away' | 'not_asked' {
    if (!this.#asked) return 'not_asked';
    return this.away ? 'away' : 'ok';
  }

  get detail(): string {
    if (!this.#asked) return 'nothing had to be registered since the start';
    return this.away ? (this.lastFailure ?? '') : (this.alarm ?? 'answered the last time it was asked');
  }

  heard(): void {
    this.#asked = true;
    this.away = false;
    this.alarm = undefined;
  }

  failed(detail: string): void {
    this.#asked = true;
    this.away = true;
    this.lastFailure = detail;
  }
}
