/** Takes back a timer; harmless when it has fired already. */
export type Cancel = () => void;

/** Time, handed in wherever it matters, so that a test or a simulation decides what time it is. */
export interface Clock {
  /** Wall time in milliseconds since 1970 (UTC). It may jump; only what people read is reckoned with it. */
  nowMs(): number;
  /** Milliseconds since some fixed moment; never runs back. Every time-out is reckoned with it. */
  monotonicMs(): number;
  /** Milliseconds since the machine was started; counts the time that it slept, and cannot be set (rule 18). */
  uptimeMs(): number;
  /** Names the time since the machine was started: the next start has another name. Absent where the system has none. */
  readonly bootId?: string | undefined;
  /** Calls `act` once, `delayMs` milliseconds from now. */
  after(delayMs: number, act: () => void): Cancel;
}

/** Resolves `delayMs` milliseconds from now, by the given clock. */
export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
