import { existsSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { Fact, Orphan } from '../payments/fact.ts';
import type { Journal } from '../payments/ports.ts';
import { journalOfCore } from './journal.ts';
import { JournalCore } from './journal-core.ts';
import { journalFile } from './journal-files.ts';
import { journalProblem } from './journal-problem.ts';
import { noJournal } from './no-journal.ts';
import type { Salvaged } from './salvage.ts';
import { findingsOf } from './verify-in-steps.ts';
import type { Finding } from './verify-journal.ts';
import { visit } from './visiting.ts';
import { callCore } from './worker-protocol.ts';

/** A journal that can only be read. */
export type JournalReading = Pick<
  Journal,
  | 'list'
  | 'answeredLater'
  | 'payment'
  | 'facts'
  | 'byOrderId'
  | 'orphans'
  | 'awaitingRegistration'
  | 'parked'
  | 'alarmed'
  | 'counts'
  | 'close'
> & {
  /** Reads all there is, and gives what is not as it should be. Rejects where the disk does not let it be read. */
  findings(): Promise<Finding[]>;
  salvageFacts(from: number): Promise<Salvaged<Fact>>;
  salvageOrphans(from: number): Promise<Salvaged<Orphan>>;
};

/**
 * Opens the journal of a data folder from outside the service, which may be running, stopped or killed. No file in the
 * folder is made or changed.
 */
export async function openJournalForReading(folder: string): Promise<JournalReading> {
  const file = journalFile(folder);
  if (!existsSync(file)) throw new OperatingError('1107', noJournal(folder));
  try {
    const { store, end } = visit(file);
    const core = new JournalCore(store, Date.now);
    return {
      ...journalOfCore(core),
      findings: () => findingsOf(async (method, ...args) => callCore(core, method, args)),
      salvageFacts: async (from) => callCore(core, 'salvageFacts', [from]),
      salvageOrphans: async (from) => callCore(core, 'salvageOrphans', [from]),
      close: async () => end(),
    };
  } catch (error) {
    throw journalProblem(error, file);
  }
}
