import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import { StoppableClock } from '@hipay-ecr/simulator/stoppable-clock.ts';

/** The clock of one process: when that dies, its timers die with it. */
export class MortalClock extends StoppableClock {
  readonly #bootedAtMs: number;
  readonly bootId: string;
  /** The most timers that were set at once. */
  mostTimers = 0;

  /** `bootedAtMs`: by the uptime of the machine that never stops, when this process's machine was started. */
  constructor(clock: Clock, bootedAtMs: number) {
    super(clock);
    this.#bootedAtMs = bootedAtMs;
    this.bootId = `boot at ${bootedAtMs}`;
  }

  override uptimeMs(): number {
    return super.uptimeMs() - this.#bootedAtMs;
  }

  override after(delayMs: number, act: () => void): Cancel {
    const cancel = super.after(delayMs, act);
    this.mostTimers = Math.max(this.mostTimers, this.timers);
    return cancel;
  }
}
