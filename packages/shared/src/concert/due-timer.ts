import type { Cancel, Clock } from '../clock.ts';

/** A timer that fires later than this found the program held up: bytes may wait unread, and go first. */
const HELD_UP_MS = 50;

/** One timer that follows a moment which keeps changing. */
export class DueTimer {
  readonly #clock: Clock;
  readonly #act: () => void;
  #dueMs: number | undefined;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, act: () => void) {
    this.#clock = clock;
    this.#act = act;
  }

  /** Fires at that moment, monotonic, and at no other; undefined: never. */
  follow(dueMs: number | undefined): void {
    if (dueMs === this.#dueMs) return;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#dueMs = dueMs;
    if (dueMs === undefined) return;
    this.#cancel = this.#clock.after(dueMs - this.#clock.monotonicMs(), () => {
      const isLate = this.#clock.monotonicMs() - dueMs > HELD_UP_MS;
      if (isLate) this.#cancel = this.#clock.after(0, () => this.#fire());
      else this.#fire();
    });
  }

  #fire(): void {
    this.#dueMs = undefined;
    this.#cancel = undefined;
    this.#act();
  }
}
