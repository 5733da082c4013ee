import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { before } from './payments/before.ts';
import type { Journal, JournalCounts, Log } from './payments/ports.ts';

export const endingLimits = {
  /** So long the end waits for a disk to say what is left to do. */
  countMs: 5_000,
} as const;

/** What the log says of the end of a service: that it was told to, and as its last line that it has, and what it leaves. */
export class Ending {
  readonly #log: Log;
  readonly #clock: Clock;
  #begunMs: number | undefined;
  #left: JournalCounts | undefined;

  constructor({ log, clock }: { log: Log; clock: Clock }) {
    this.#log = log;
    this.#clock = clock;
  }

  get hasBegun(): boolean {
    return this.#begunMs !== undefined;
  }

  begin(why: string, { busy }: { busy: boolean }): void {
    this.#begunMs = this.#clock.monotonicMs();
    this.#log.info(busy ? 'Stopping once the payment under way is over.' : 'Stopping.', { why });
  }

  /** Once nothing works any more, and the journal is still open. */
  async look(journal: Pick<Journal, 'counts'>): Promise<void> {
    const deadlineMs = this.#clock.monotonicMs() + endingLimits.countMs;
    this.#left = await before(deadlineMs, journal.counts(), this.#clock).catch(() => undefined);
  }

  /** Once all else is closed. Before the next one may start, whose lines come after it. */
  end(): void {
    if (this.#begunMs === undefined) return;
    const tookMs = Math.round(this.#clock.monotonicMs() - this.#begunMs);
    const { awaitingRegistration, parked, unknown } = this.#left ?? {};
    this.#log.info('The service has stopped.', {
      tookMs,
      ...(this.#left !== undefined && { waitingForHipay: awaitingRegistration, parked, unknown }),
    });
  }
}
