import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';

/** A clock all of whose timers can be taken back at once, so that nothing of what has ended goes on. */
export class StoppableClock implements Clock {
  readonly #clock: Clock;
  readonly #timers = new Set<Cancel>();
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  uptimeMs(): number {
    return this.#clock.uptimeMs();
  }

  after(delayMs: number, act: () => void): Cancel {
    if (this.#stopped) return () => {};
    const cancel = this.#clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      act();
    });
    this.#timers.add(cancel);
    return () => {
      this.#timers.delete(cancel);
      cancel();
    };
  }

  /** How many timers are set. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Nothing fires from now on. */
  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }
}
