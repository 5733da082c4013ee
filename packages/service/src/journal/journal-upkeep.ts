import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { Fact, Orphan } from '../payments/fact.ts';
import { journalProblem, structureDamaged } from './journal-problem.ts';
import { JournalQuestions } from './journal-questions.ts';
import { newestOf } from './newest.ts';
import { rowsFromFacts } from './read-payment.ts';
import { type Salvaged, salvage } from './salvage.ts';
import { readFact, readOrphan } from './stored-fact.ts';
import {
  type Finding,
  findingIn,
  type Verified,
  verifyOrphans,
  verifySome,
  verifyWhatRecoveryReads,
} from './verify-journal.ts';

/** What is done for a journal as a whole, whichever payments are in it: verified, mended, copied out. */
export class JournalUpkeep extends JournalQuestions {
  /** Since the last step that found nothing: a file of years takes the disk a while, and a hundred steps in a row may find something. */
  #isReadThrough = false;

  /** Reads all that recovery will read, and throws at the first damage (rule 19). */
  verifyStart(): void {
    newestOf(this.store);
    verifyWhatRecoveryReads(this.store);
  }

  /** Verifies the payments after the given one, as many as fit into one step. */
  verifySome(afterPaymentId: string): Verified {
    return this.#lookedAtAgain(() => this.store.atOneMoment(() => verifySome(this.store, afterPaymentId)));
  }

  verifyOrphans(skip: number): ReturnType<typeof verifyOrphans> {
    return this.#lookedAtAgain(() => this.store.atOneMoment(() => verifyOrphans(this.store, skip)));
  }

  /** Where the file is not sound in itself, so that questions could be answered wrongly. A verification begins with it. */
  verifyStructure(): Finding[] {
    this.#isReadThrough = false;
    const found = () =>
      this.store.structureDamage().map((one) => findingIn(structureDamaged(this.name, one), this.name));
    return this.#lookedAtAgain(() => ({ found: found() })).found;
  }

  /**
   * Damage is what is found twice, on a disk that lets the file be read. Throws where it does not: that is no damage, and
   * the same step can be made again once the disk is better. Steps in a row that find something share one reading of the file,
   * and what they found is believed where it can be read through in the end, too. After one that found nothing an error of
   * the disk is a new one, which the earlier reading says nothing of.
   */
  #lookedAtAgain<Step extends { found: Finding[] }>(verify: () => Step): Step | { found: Finding[] } {
    const look = (): Step | { found: Finding[] } => {
      try {
        return verify();
      } catch (error) {
        // Where not even the next ones can be found, that is what there is to find.
        return { found: [findingIn(error, this.name)] };
      }
    };
    let step = look();
    if (step.found.length > 0) {
      if (!this.#isReadThrough) this.readThrough();
      step = look();
    }
    this.#isReadThrough = step.found.length > 0;
    return step;
  }

  /** Throws where the disk does not let the file be read. */
  readThrough(): void {
    this.store.readThrough();
  }

  /** Why a new payment could not be written down at present, for people; what failed the last time is tried again first. */
  writeProblem(): string | undefined {
    try {
      this.store.tryWriting();
      return undefined;
    } catch (cause) {
      const problem = journalProblem(cause, this.name);
      if (problem instanceof OperatingError) return problem.message;
      throw problem;
    }
  }

  /** Facts in the order they were written, by their numbers from this one on. */
  salvageFacts(from: number): Salvaged<Fact> {
    return salvage(
      from,
      (first, count) => this.store.factsFrom(first, count),
      (stored) => readFact(stored, this.name),
    );
  }

  /** Orphans, likewise. */
  salvageOrphans(from: number): Salvaged<Orphan> {
    return salvage(
      from,
      (first, count) => this.store.orphansFrom(first, count),
      (stored) => readOrphan(stored, this.name),
    );
  }

  /** Derives the whole index from the facts again; gives how many payments it is of. */
  rebuildIndex(): number {
    return this.store.replaceIndex(rowsFromFacts(this.store));
  }

  maintain(): void {
    this.store.maintain();
  }

  clearLog(): boolean {
    return this.store.clearLog();
  }

  close(): void {
    this.store.close();
  }
}
