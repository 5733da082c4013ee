import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { Fact, Orphan } from '../payments/fact.ts';
import { damaged, journalProblem } from './journal-problem.ts';
import { JournalQuestions } from './journal-questions.ts';
import { newestOf } from './newest.ts';
import { rowsFromFacts } from './read-payment.ts';
import { type Salvaged, salvage } from './salvage.ts';
import { readFact, readOrphan } from './stored-fact.ts';
import { type Verified, verifyOrphans, verifySome, verifyWhatRecoveryReads } from './verify-journal.ts';

/** What is done for a journal as a whole, whichever payments are in it: verified, mended, copied out. */
export class JournalUpkeep extends JournalQuestions {
  /** Reads all that recovery will read, and throws at the first damage (rule 19). */
  verifyStart(): void {
    newestOf(this.store);
    verifyWhatRecoveryReads(this.store);
  }

  /** Verifies the payments after the given one, as many as fit into one step. */
  verifySome(afterPaymentId: string): Verified {
    return this.store.atOneMoment(() => verifySome(this.store, afterPaymentId));
  }

  verifyOrphans(skip: number): ReturnType<typeof verifyOrphans> {
    return this.store.atOneMoment(() => verifyOrphans(this.store, skip));
  }

  /** Sentences: where the file is not sound in itself, so that questions could be answered wrongly. */
  verifyStructure(): string[] {
    return this.store.structureDamage().map((found) => damaged(this.name, found).message);
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

  /** Derives the whole index from the facts again. */
  rebuildIndex(): void {
    this.store.replaceIndex(rowsFromFacts(this.store));
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
