import { statSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { journalFile } from './journal-files.ts';
import { isDamage, journalProblem } from './journal-problem.ts';
import { logDamage } from './log-damage.ts';
import { openJournalForReading } from './open-for-reading.ts';
import { readThrough } from './read-through.ts';

/**
 * Whether the journal of a data folder is damaged, all of it looked at; the service must not be running. Damage is what is
 * found twice, on a disk that lets the file be read (rule 19). Whatever else keeps it from being known is thrown: a disk's
 * error, rights, a copy that cannot be made, and a newer version's facts, which this one cannot judge.
 */
export async function isJournalDamaged(folder: string): Promise<boolean> {
  const file = journalFile(folder);
  try {
    for (let looks = 0; looks < 2; looks++) {
      if (!(await isFoundDamaged(folder))) return false;
      readThrough(file);
    }
    return true;
  } catch (error) {
    throw journalProblem(error, file);
  }
}

async function isFoundDamaged(folder: string): Promise<boolean> {
  const file = journalFile(folder);
  const isLogAlone = statSync(file, { throwIfNoEntry: false }) === undefined;
  if (isLogAlone || logDamage(file) !== undefined) return true;
  try {
    const journal = await openJournalForReading(folder);
    try {
      const findings = await journal.findings();
      const newer = findings.find(({ isNewer }) => isNewer);
      if (newer !== undefined) throw new OperatingError('1107', newer.sentence);
      return findings.length > 0;
    } finally {
      await journal.close();
    }
  } catch (error) {
    if (isDamage(error)) return true;
    throw error;
  }
}
