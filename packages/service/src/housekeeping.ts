import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { Forgetting } from './forgetting.ts';
import type { KeptJournal } from './journal/journal.ts';
import { journalLimits } from './journal/journal-limits.ts';
import type { Ages } from './payments/ages.ts';
import type { Log } from './payments/ports.ts';

export const housekeepingLimits = {
  /** After the start, what the first payment would have to load is loaded: after what tills and people wait for. */
  getReadyMs: 100,
  /** How often the journal's log is moved into its file, and what is old is forgotten: between payments (rule 17). */
  maintainEveryMs: 60_000,
  /** While a payment is under way, how often it is looked whether it still is. */
  lookAgainMs: 100,
  /** The journal is read through in steps, with pauses twice as long as the steps: a till has few processors. */
  betweenStepsMs: 4,
} as const;

/**
 * What is done when nothing else is: getting ready for the first payment after the start, and for the journal checkpoints, forgetting,
 * and one reading of all (rule 19).
 */
export class Housekeeping {
  readonly #journal: Pick<KeptJournal, 'maintain' | 'verify' | 'forgetOne' | 'clearLog'>;
  readonly #forgetting: Forgetting;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #isBusy: () => boolean;
  readonly #getReady: () => Promise<void>;
  /** By whom it was found: neither takes the other's room. */
  readonly #damage = { reading: new Set<string>(), forgetting: new Set<string>() };
  #stopped = false;
  /** Ends each pause that is on at the moment. */
  readonly #pauses = new Set<() => void>();

  constructor(rooms: {
    journal: Pick<KeptJournal, 'maintain' | 'verify' | 'forgetOne' | 'clearLog'>;
    clock: Clock;
    ages: Pick<Ages, 'of'>;
    log: Log;
    journalDays: number;
    isBusy: () => boolean;
    /** Loads what the first payment needs. */
    getReady: () => Promise<void>;
  }) {
    const mayWork = () => !this.#stopped && !rooms.isBusy();
    this.#forgetting = new Forgetting({
      ...rooms,
      mayWork,
      damaged: (sentence) => this.#found(sentence, 'forgetting'),
    });
    this.#journal = rooms.journal;
    this.#clock = rooms.clock;
    this.#log = rooms.log;
    this.#isBusy = rooms.isBusy;
    this.#getReady = rooms.getReady;
  }

  /** Sentences: what is damaged in the journal. */
  get damage(): readonly string[] {
    return [...new Set([...this.#damage.reading, ...this.#damage.forgetting])];
  }

  start(): void {
    void this.#getReadyLater();
    void this.#maintainLater();
    this.#journal
      .verify(() => this.#quiet(housekeepingLimits.betweenStepsMs))
      .then(
        (damage) => {
          for (const sentence of damage) this.#found(sentence, 'reading');
          if (damage.length === 0 && !this.#stopped) this.#log.info('The journal was read through; it is whole.');
        },
        (cause: unknown) => {
          if (this.#stopped) return;
          // What cannot even be read through is damage like any other: somebody must hear of it.
          if (cause instanceof OperatingError) this.#damage.reading.add(cause.message);
          this.#log.error('The journal could not be read through.', { cause });
        },
      );
  }

  stop(): void {
    this.#stopped = true;
    for (const wake of [...this.#pauses]) wake();
  }

  /** Said once, and in health from then on. */
  #found(sentence: string, by: 'reading' | 'forgetting'): void {
    if (this.damage.includes(sentence) || this.#damage[by].size >= journalLimits.damagesNamed) return;
    this.#damage[by].add(sentence);
    this.#log.error(sentence);
  }

  async #getReadyLater(): Promise<void> {
    if (!(await this.#quiet(housekeepingLimits.getReadyMs))) return;
    await this.#getReady().catch((cause: unknown) =>
      this.#log.warn('What requests to HiPay need could not be loaded; it is tried again with the first one.', {
        cause,
      }),
    );
  }

  async #maintainLater(): Promise<void> {
    while (await this.#quiet(housekeepingLimits.maintainEveryMs)) {
      await this.#tidyUp().catch((cause: unknown) =>
        this.#log.warn('The journal could not be tidied up; it goes on as it is.', { cause }),
      );
    }
  }

  async #tidyUp(): Promise<void> {
    await this.#journal.maintain();
    await this.#forgetting.run();
  }

  /** Resolves after so long, once no payment is under way (rule 17); false where the service has stopped meanwhile. */
  async #quiet(pauseMs: number): Promise<boolean> {
    await this.#pause(pauseMs);
    while (this.#isBusy() && !this.#stopped) await this.#pause(housekeepingLimits.lookAgainMs);
    return !this.#stopped;
  }

  #pause(ms: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#clock.after(ms, () => wake());
      const wake = (): void => {
        cancel();
        this.#pauses.delete(wake);
        resolve();
      };
      this.#pauses.add(wake);
    });
  }
}
