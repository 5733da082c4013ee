import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { KeptJournal } from './journal/journal.ts';
import { journalLimits } from './journal/journal-limits.ts';
import type { Ages } from './payments/ages.ts';
import type { AcceptedAfter, Log } from './payments/ports.ts';

const DAY_MS = 24 * 3600_000;

export interface ForgettingRooms {
  journal: Pick<KeptJournal, 'forgetOne' | 'maintain' | 'clearLog'>;
  ages: Pick<Ages, 'of'>;
  clock: Clock;
  log: Log;
  journalDays: number;
  /** A sentence for people: why a payment could not be forgotten. */
  damaged: (sentence: string) => void;
  /** False once a payment is asked for, or the service stops: what is left waits (rule 17). */
  mayWork: () => boolean;
}

/**
 * Settled payments that are older than `journal_days` lose what tells of their customers, one after the other, each in a
 * commit of its own. Which ones, the journal knows; so a process that dies in the middle leaves nothing to clear up.
 */
export class Forgetting {
  readonly #rooms: ForgettingRooms;
  /** An earlier process may have died before the log was emptied. */
  #logMayHold = true;
  /** Behind it the next round goes on; undefined where that begins with the oldest one. */
  #after: AcceptedAfter | undefined;

  constructor(rooms: ForgettingRooms) {
    this.#rooms = rooms;
  }

  /** One round. Tells whether it has come through all there are. */
  async run(): Promise<boolean> {
    const { journal, clock, log, journalDays, mayWork } = this.#rooms;
    const beforeMs = clock.nowMs() - journalDays * DAY_MS;
    if (!this.#isKnown(beforeMs)) return false;
    const { count, isThrough } = await this.#forget(beforeMs);
    if (count > 0) {
      this.#logMayHold = true;
      log.info('Payments older than journal_days have lost what told of their customers.', { count });
    }
    if (this.#logMayHold && mayWork()) {
      // The file gets what the log holds while commits go on; emptying the log then takes no time.
      await journal.maintain();
      this.#logMayHold = !(await journal.clearLog());
    }
    return isThrough;
  }

  /** What is damaged is passed over, so much of it in one round: the others are forgotten all the same. */
  async #forget(beforeMs: number): Promise<{ count: number; isThrough: boolean }> {
    const { journal, damaged, mayWork } = this.#rooms;
    const isFromOldest = this.#after === undefined;
    let count = 0;
    let passedOver = 0;
    while (passedOver < journalLimits.passedOverAtOnce && mayWork()) {
      const found = await journal.forgetOne(beforeMs, this.#after);
      this.#after = found;
      if (found === undefined) return { count, isThrough: isFromOldest };
      if (found.damage === undefined) count += 1;
      else {
        passedOver += 1;
        damaged(found.damage);
      }
    }
    return { count, isThrough: false };
  }

  /** A wall clock that somebody has set may have run on by years, and what is forgotten is gone (rule 18). */
  #isKnown(atMs: number): boolean {
    return this.#rooms.ages.of({ acceptedAtMs: atMs }, atMs) !== 'in_doubt';
  }
}
