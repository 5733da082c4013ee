import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import { systemClock } from '../../src/system-clock.ts';

interface Timer {
  dueMs: number;
  act: () => void;
  cancel: Cancel;
}

/** The machine's time, so many times as fast: what takes seconds by the protocol takes a part of one in the test. */
export class HurriedClock implements Clock {
  readonly #speed: number;
  readonly #start = {
    nowMs: systemClock.nowMs(),
    monotonicMs: systemClock.monotonicMs(),
    uptimeMs: systemClock.uptimeMs(),
  };
  readonly #timers = new Set<Timer>();
  #leaptMs = 0;

  constructor(speed: number) {
    this.#speed = speed;
  }

  nowMs(): number {
    return Math.round(this.#start.nowMs + this.#passedMs());
  }

  monotonicMs(): number {
    return this.#start.monotonicMs + this.#passedMs();
  }

  uptimeMs(): number {
    return this.#start.uptimeMs + this.#passedMs();
  }

  after(delayMs: number, act: () => void): Cancel {
    const timer: Timer = { dueMs: this.monotonicMs() + delayMs, act, cancel: () => {} };
    this.#timers.add(timer);
    this.#arm(timer, delayMs);
    return () => {
      timer.cancel();
      this.#timers.delete(timer);
    };
  }

  /** So much time passes at once: a deadline comes when the test says so, not when the machine has time for it. */
  leap(ms: number): void {
    this.#leaptMs += ms;
    for (const timer of this.#timers) {
      timer.cancel();
      this.#arm(timer, Math.max(0, timer.dueMs - this.monotonicMs()));
    }
  }

  #arm(timer: Timer, delayMs: number): void {
    timer.cancel = systemClock.after(delayMs / this.#speed, () => {
      this.#timers.delete(timer);
      timer.act();
    });
  }

  #passedMs(): number {
    return (systemClock.monotonicMs() - this.#start.monotonicMs) * this.#speed + this.#leaptMs;
  }
}
