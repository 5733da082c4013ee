import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import { Forgetting } from './forgetting.ts';
import type { KeptJournal } from './journal/journal.ts';
import type { Ages } from './payments/ages.ts';
import type { Log } from './payments/ports.ts';

export const housekeepingLimits = {
  /** How often the journal's log is moved into its file, and what is old is forgotten: between payments (rule 17). */
  maintainEveryMs: 60_000,
} as const;

/** What is done for the journal when nothing else is: checkpoints, forgetting, and one reading of all after the start (rule 19). */
export class Housekeeping {
  readonly #journal: Pick<KeptJournal, 'maintain' | 'verify' | 'forgetOne' | 'clearLog'>;
  readonly #forgetting: Forgetting;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #isBusy: () => boolean;
  #damage: string[] = [];
  #stopped = false;
  #cancel: Cancel = () => {};

  constructor(rooms: {
    journal: Pick<KeptJournal, 'maintain' | 'verify' | 'forgetOne' | 'clearLog'>;
    clock: Clock;
    ages: Pick<Ages, 'of'>;
    log: Log;
    journalDays: number;
    isBusy: () => boolean;
  }) {
    const mayWork = () => !this.#stopped && !rooms.isBusy();
    this.#forgetting = new Forgetting({ ...rooms, mayWork });
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
        if (!this.#stopped) this.#log.error('The journal could not be read through.', { cause });
      },
    );
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  async #tidyUp(): Promise<void> {
    if (this.#isBusy()) return;
    await this.#journal.maintain();
    await this.#forgetting.run();
  }

  #maintainLater(): void {
    this.#cancel = this.#clock.after(housekeepingLimits.maintainEveryMs, () => {
      this.#tidyUp()
        .catch((cause: unknown) =>
          this.#log.warn('The journal could not be tidied up; it goes on as it is.', { cause }),
        )
        .finally(() => {
          if (!this.#stopped) this.#maintainLater();
        });
    });
  }
}
