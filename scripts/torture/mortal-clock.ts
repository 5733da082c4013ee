import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';

/** The clock of one process: when that dies, its timers die with it. */
export class MortalClock implements Clock {
  readonly #clock: Clock;
  readonly #bootedAtMs: number;
  readonly #cancels = new Set<Cancel>();
  #isDead = false;
  readonly bootId: string;
  /** The most timers that were set at once. */
  mostTimers = 0;

  /** `bootedAtMs`: by the uptime of the machine that never stops, when this process's machine was started. */
  constructor(clock: Clock, bootedAtMs: number) {
    this.#clock = clock;
    this.#bootedAtMs = bootedAtMs;
    this.bootId = `boot at ${bootedAtMs}`;
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  uptimeMs(): number {
    return this.#clock.uptimeMs() - this.#bootedAtMs;
  }

  after(delayMs: number, act: () => void): Cancel {
    if (this.#isDead) return () => {};
    const cancel = this.#clock.after(delayMs, () => {
      this.#cancels.delete(cancel);
      act();
    });
    this.#cancels.add(cancel);
    this.mostTimers = Math.max(this.mostTimers, this.#cancels.size);
    return () => {
      this.#cancels.delete(cancel);
      cancel();
    };
  }

  die(): void {
    this.#isDead = true;
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }
}
