import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Clock } from '@hipay-ecr/shared/clock.ts';

/** What setTimeout takes: almost 25 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own time. A timer keeps nothing alive by itself: what is open (a port, a line) does. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  uptimeMs: () => uptime() * 1_000,
  bootId: readBootId(),
  after(delayMs, act) {
    const timer = setTimeout(act, Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Linux makes a random one at each start (random(4)); Windows has none. */
function readBootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
}
