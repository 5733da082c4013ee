import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { terminalLimits } from './terminal-limits.ts';

/** A request's wait for a line that is absent: for one try at opening it, and never for long. */
export class LineWait {
  readonly #clock: Clock;
  readonly #tryNow: () => boolean;
  #end: (() => void) | undefined;
  #isWanted = true;

  /** `tryNow` begins a try whose end is told by `end`, or gives false. */
  constructor(clock: Clock, tryNow: () => boolean) {
    this.#clock = clock;
    this.#tryNow = tryNow;
  }

  get isWaiting(): boolean {
    return this.#end !== undefined;
  }

  /** Resolves once the line was tried, or the wait ended otherwise: to false where nobody wants the line any more. */
  async oneTry(): Promise<boolean> {
    const over = Promise.withResolvers<void>();
    this.#end = over.resolve;
    this.#isWanted = true;
    const stopTimer = this.#clock.after(terminalLimits.openForRequestMs, over.resolve);
    if (!this.#tryNow()) this.end();
    await over.promise;
    stopTimer();
    this.#end = undefined;
    return this.#isWanted;
  }

  /** The request is wanted no longer: also where the line has just opened, for it has not gone on yet. */
  giveUp(): void {
    this.#isWanted = false;
    this.end();
  }

  /** The line was tried, or will not be. Harmless where nobody waits. */
  end(): void {
    this.#end?.();
  }
}
