import type { Clock } from '@hipay-ecr/shared/clock.ts';

/** The machine's own time. A timer keeps nothing alive by itself: what is open (a port, a line) does. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, act) {
    const timer = setTimeout(act, Math.min(delayMs, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
