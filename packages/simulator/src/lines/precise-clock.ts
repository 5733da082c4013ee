import type { Cancel } from '@hipay-ecr/shared/clock.ts';

/** Time to well below a millisecond. */
export interface PreciseClock {
  nowMs(): number;
  /** Calls `act` once `dueMs` has come. */
  at(dueMs: number, act: () => void): Cancel;
}

/** A timer of Node may be more than a millisecond late, so the last stretch is spent asking for the time. */
const SPIN_MS = 1.5;

/** This machine's. It costs a busy processor near each moment: for the simulator alone. */
export const realPreciseClock: PreciseClock = {
  nowMs: () => performance.now(),
  at(dueMs, act) {
    let over = false;
    const spin = () => {
      if (over) return;
      if (performance.now() >= dueMs) act();
      else setImmediate(spin);
    };
    const sleepMs = Math.floor(dueMs - performance.now() - SPIN_MS);
    // A timer of 0 ms would take 1 ms.
    const timer = sleepMs >= 1 ? setTimeout(spin, sleepMs) : undefined;
    if (timer === undefined) setImmediate(spin);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  },
};
