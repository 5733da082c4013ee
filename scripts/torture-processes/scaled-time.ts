import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';

/** From a moment on, time runs `speed` times as fast: told to every process of a run, so that all have the same time. */
export interface Pace {
  /** Real time, ms since 1970. */
  fromMs: number;
  /** What it is then in the run's own time. */
  isMs: number;
  speed: number;
}

/** The machine's time, finer than Date.now() tells it. */
export function machineMs(): number {
  return machineStartMs + machineNow();
}
const machineStartMs = performance.timeOrigin;
const machineNow = performance.now.bind(performance);
const machineTimeout = setTimeout;
const endMachineTimeout = clearTimeout;

/** Any moment before every run: what the machine's uptime is reckoned from. */
const BOOT_MS = Date.UTC(2020);
const LONGEST_MS = 2 ** 31 - 1;

export function uptimeAtMs(nowMs: number): number {
  return nowMs - BOOT_MS;
}

interface Timer {
  dueMs: number;
  act: () => void;
  handle: NodeJS.Timeout | undefined;
  keepsAlive: boolean;
}

/** A clock that runs faster than the machine's, and whose speed may change while timers are set. */
export class ScaledTime implements Clock {
  #pace: Pace;
  readonly #timers = new Set<Timer>();
  #lastMs = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  get pace(): Pace {
    return this.#pace;
  }

  nowMs(): number {
    const { fromMs, isMs, speed } = this.#pace;
    // It never runs back, though a pace may be told a little late.
    this.#lastMs = Math.max(this.#lastMs, isMs + (machineMs() - fromMs) * speed);
    return this.#lastMs;
  }

  monotonicMs(): number {
    return this.nowMs();
  }

  uptimeMs(): number {
    return uptimeAtMs(this.nowMs());
  }

  after(delayMs: number, act: () => void): Cancel {
    return this.timer(delayMs, act).cancel;
  }

  /** `keepAlive`: whether the process stays for it. */
  timer(delayMs: number, act: () => void): { cancel: Cancel; keepAlive: (keepsAlive: boolean) => void } {
    const timer: Timer = { dueMs: this.nowMs() + Math.max(0, delayMs), act, handle: undefined, keepsAlive: true };
    this.#timers.add(timer);
    this.#set(timer);
    return {
      cancel: () => {
        this.#timers.delete(timer);
        endMachineTimeout(timer.handle);
      },
      keepAlive: (keepsAlive) => {
        timer.keepsAlive = keepsAlive;
        if (keepsAlive) timer.handle?.ref();
        else timer.handle?.unref();
      },
    };
  }

  keep(pace: Pace): void {
    this.#pace = pace;
    for (const timer of this.#timers) {
      endMachineTimeout(timer.handle);
      this.#set(timer);
    }
  }

  #set(timer: Timer): void {
    const realMs = (timer.dueMs - this.nowMs()) / this.#pace.speed;
    timer.handle = machineTimeout(
      () => {
        // The machine's timers are whole milliseconds, which may be a little early.
        if (timer.dueMs - this.nowMs() > this.#pace.speed / 2) return this.#set(timer);
        this.#timers.delete(timer);
        timer.act();
      },
      Math.min(Math.max(0, realMs), LONGEST_MS),
    );
    if (!timer.keepsAlive) timer.handle.unref();
  }
}
