import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { before } from './before.ts';
import { centreLimits } from './centre-limits.ts';

/**
 * What is still being written, or to be written, of payments that are over for their tills. A stop waits for it, since the
 * journal takes nothing after that: an intent that lands without its end would be resumed at the next start, though
 * nothing was sent.
 */
export class UnfinishedRecords {
  readonly #clock: Clock;
  readonly #records = new Set<Promise<unknown>>();
  readonly #lastCall = Promise.withResolvers<undefined>();
  /** Once a stop waits: until when. */
  #untilMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether what the disk refuses now is tried no more. */
  get isLastCall(): boolean {
    return this.#untilMs !== undefined;
  }

  /** To be waited for. It must not reject. */
  add(record: Promise<unknown>): void {
    this.#records.add(record);
    void record.then(() => this.#records.delete(record));
  }

  /** Resolves when what the disk has refused may be tried again: after a while, or, for the last time, at a stop. */
  async nextTry(): Promise<void> {
    await before(this.#clock.monotonicMs() + centreLimits.keepAgainMs, this.#lastCall.promise, this.#clock);
  }

  /**
   * Resolves once all is written, or refused by the disk once more; or after a while, by a disk that says neither. Once more for
   * what was added since: a till that was told by the stop itself leaves a trace.
   */
  async finish(): Promise<void> {
    this.#untilMs ??= this.#clock.monotonicMs() + centreLimits.stopRecordsMs;
    this.#lastCall.resolve(undefined);
    await before(this.#untilMs, this.#allOver(), this.#clock);
  }

  /** One that is over may have left another. */
  async #allOver(): Promise<void> {
    while (this.#records.size > 0) await Promise.all(this.#records);
  }
}
