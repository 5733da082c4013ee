import { uptime } from 'node:os';
import type { Clock } from '@hipay-ecr/shared/clock.ts';

/** The time of this machine. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  uptimeMs: () => uptime() * 1_000,
  after(delayMs, act) {
    const timer = setTimeout(act, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};
