import type { Cancel, Clock } from './clock.ts';

interface Timer {
  dueMs: number;
  order: number;
  act: () => void;
}

/** A clock that stands still until it is told to go on: for simulations and tests that decide what time it is. */
export class ManualClock implements Clock {
  #wallMs: number;
  readonly #bootedMs: number;
  #monotonicMs = 0;
  #sleptMs = 0;
  #timers: Timer[] = [];
  #order = 0;

  /** `bootedMs`: for how long the machine had been running. */
  constructor(wallMs = Date.UTC(2026, 0, 5, 9), bootedMs = 600_000) {
    this.#wallMs = wallMs;
    this.#bootedMs = bootedMs;
  }

  nowMs(): number {
    return this.#wallMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  uptimeMs(): number {
    return this.#bootedMs + this.#monotonicMs + this.#sleptMs;
  }

  after(delayMs: number, act: () => void): Cancel {
    const timer = { dueMs: this.#monotonicMs + Math.max(0, delayMs), order: this.#order++, act };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** How many milliseconds until the next timer is due; undefined where none is set. */
  get untilNextMs(): number | undefined {
    const next = this.#next();
    return next && Math.max(0, next.dueMs - this.#monotonicMs);
  }

  /** Moves both times on by `byMs`, firing what falls due on the way, each at its own moment. */
  advance(byMs: number): void {
    const untilMs = this.#monotonicMs + byMs;
    for (let next = this.#next(); next !== undefined && next.dueMs <= untilMs; next = this.#next()) {
      this.#moveTo(next.dueMs);
      this.#timers = this.#timers.filter((other) => other !== next);
      next.act();
    }
    this.#moveTo(untilMs);
  }

  /** Moves to the next timer and fires it; false where none is set. */
  step(): boolean {
    const untilNextMs = this.untilNextMs;
    if (untilNextMs === undefined) return false;
    const next = this.#next() as Timer;
    this.#moveTo(Math.max(next.dueMs, this.#monotonicMs));
    this.#timers = this.#timers.filter((other) => other !== next);
    next.act();
    return true;
  }

  /** The machine sleeps: the wall goes on, timers and the monotonic time do not. */
  sleep(ms: number): void {
    this.#wallMs += ms;
    this.#sleptMs += ms;
  }

  /** Sets the wall time without any time passing, as a person or a time server does. */
  setWall(wallMs: number): void {
    this.#wallMs = wallMs;
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (next === undefined || timer.dueMs < next.dueMs || (timer.dueMs === next.dueMs && timer.order < next.order)) {
        next = timer;
      }
    }
    return next;
  }

  #moveTo(ms: number): void {
    this.#wallMs += ms - this.#monotonicMs;
    this.#monotonicMs = ms;
  }
}
