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
  /** Where the disk did not let the journal be read: a passing error is over by then, and a lasting one no secret any more. */
  readAgainMs: 60_000,
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
  readonly #getReady: (whenFree: () => Promise<boolean>) => Promise<void>;
  /** By whom it was found: neither takes the other's room. What forgetting found is found anew each time, or was none. */
  readonly #damage = { reading: new Set<string>(), forgetting: new Set<string>() };
  /** By the forgetting that is on. */
  readonly #foundNow = new Set<string>();
  readonly #said = new Set<string>();
  /** The disk does not let the journal be read at the moment. */
  #unreadable: string | undefined;
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
    /** Loads what the first payment needs, each part of it once `whenFree` says so. */
    getReady: (whenFree: () => Promise<boolean>) => Promise<void>;
  }) {
    const mayWork = () => !this.#stopped && !rooms.isBusy();
    this.#forgetting = new Forgetting({
      ...rooms,
      mayWork,
      damaged: (sentence) => {
        if (this.#foundNow.size < journalLimits.damagesNamed) this.#foundNow.add(sentence);
        this.#found(sentence, 'forgetting');
      },
    });
    this.#journal = rooms.journal;
    this.#clock = rooms.clock;
    this.#log = rooms.log;
    this.#isBusy = rooms.isBusy;
    this.#getReady = rooms.getReady;
  }

  /** Sentences: what is damaged in the journal, or cannot be read of it at the moment. */
  get damage(): readonly string[] {
    const unreadable = this.#unreadable === undefined ? [] : [this.#unreadable];
    return [...new Set([...unreadable, ...this.#damage.reading, ...this.#damage.forgetting])];
  }

  start(): void {
    void this.#getReadyLater();
    void this.#maintainLater();
    this.#journal
      .verify(
        async () => {
          this.#unreadable = undefined;
          return this.#quiet(housekeepingLimits.betweenStepsMs);
        },
        (failure) => this.#readAgainLater(failure),
      )
      .then(
        (damage) => {
          for (const sentence of damage) this.#found(sentence, 'reading');
          this.#unreadable = undefined;
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
    this.#sayOnce(sentence);
  }

  #sayOnce(sentence: string): void {
    if (this.#said.has(sentence)) return;
    if (this.#said.size < 2 * journalLimits.damagesNamed) this.#said.add(sentence);
    this.#log.error(sentence);
  }

  /** The step that failed is made again, for as long as it takes: the first one that succeeds ends the alarm. */
  #readAgainLater(failure: OperatingError): Promise<boolean> {
    this.#unreadable = failure.message;
    if (!this.#stopped) this.#sayOnce(failure.message);
    return this.#quiet(housekeepingLimits.readAgainMs);
  }

  async #getReadyLater(): Promise<void> {
    if (!(await this.#quiet(housekeepingLimits.getReadyMs))) return;
    await this.#getReady(() => this.#quiet(0)).catch((cause: unknown) =>
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
    const { forgetting } = this.#damage;
    this.#foundNow.clear();
    if (!(await this.#forgetting.run()) || this.#foundNow.size >= journalLimits.damagesNamed) return;
    // What is not found again was an error of the disk that has passed.
    for (const sentence of forgetting) if (!this.#foundNow.has(sentence)) forgetting.delete(sentence);
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
