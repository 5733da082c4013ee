import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { systemClock } from '../../src/system-clock.ts';

/** The machine's time, so many times as fast: what takes seconds by the protocol takes a part of one in the test. */
export function hurriedClock(speed: number): Clock {
  const [nowMs, monotonicMs, uptimeMs] = [systemClock.nowMs(), systemClock.monotonicMs(), systemClock.uptimeMs()];
  const passedMs = () => (systemClock.monotonicMs() - monotonicMs) * speed;
  return {
    nowMs: () => Math.round(nowMs + passedMs()),
    monotonicMs: () => monotonicMs + passedMs(),
    uptimeMs: () => uptimeMs + passedMs(),
    after: (delayMs, act) => systemClock.after(delayMs / speed, act),
  };
}
