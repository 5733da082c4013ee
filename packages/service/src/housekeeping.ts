import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { KeptJournal } from './journal/journal.ts';
import type { Log } from './payments/ports.ts';

export const housekeepingLimits = {
  /** How often the journal's log is moved into its file; between payments, so that no commit waits for it. */
  maintainEveryMs: 60_000,
} as const;

/** What is done for the journal when nothing else is: checkpoints, and one reading of all of it after the start (rule 19). */
export class Housekeeping {
  readonly #journal: Pick<KeptJournal, 'maintain' | 'verify'>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #isBusy: () => boolean;
  #damage: string[] = [];
  #stopped = false;
  #cancel: Cancel = () => {};

  constructor(rooms: {
    journal: Pick<KeptJournal, 'maintain' | 'verify'>;
    clock: Clock;
    log: Log;
    isBusy: () => boolean;
  }) {
    this.#journal = rooms.journal;
    this.#clock = rooms.clock;
    this.#log = rooms.log;
    this.#isBusy = rooms.isBusy;
  }

  /** Sentences: what is damaged in the journal. */
  get damage(): readonly string[] {
    return this.#damage;
  }

  start(): void {
    this.#maintainLater();
    this.#journal.verify().then(
      (damage) => {
        this.#damage = damage;
        for (const sentence of damage) this.#log.error(sentence);
      },
      (cause: unknown) => {
        if (this.#stopped) return;
        // What cannot even be read through is damage like any other: somebody must hear of it.
        if (cause instanceof OperatingError) this.#damage = [cause.message];
        this.#log.error('The journal could not be read through.', { cause });
      },
    );
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #maintainLater(): void {
    this.#cancel = this.#clock.after(housekeepingLimits.maintainEveryMs, () => {
      const maintained = this.#isBusy() ? Promise.resolve() : this.#journal.maintain();
      maintained
        .catch((cause: unknown) =>
          this.#log.warn('The journal could not be tidied up; it goes on as it is.', { cause }),
        )
        .finally(() => {
          if (!this.#stopped) this.#maintainLater();
        });
    });
  }
}
