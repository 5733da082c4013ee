import { statSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { journalFile } from './journal-files.ts';
import { isDamage, isFactDamage, journalProblem } from './journal-problem.ts';
import { logDamage } from './log-damage.ts';
import { openJournalForReading } from './open-for-reading.ts';
import { readThrough } from './read-through.ts';

/** `index`: all that is found is of the index alone, which may be derived from the facts again (`rebuildIndex` knows). */
export type JournalDamage = 'index' | 'more';

/**
 * What is damaged of the journal of a data folder, undefined where nothing is, all of it looked at; the service must not be running. Damage is what is
 * found twice, on a disk that lets the file be read (rule 19). Whatever else keeps it from being known is thrown: a disk's
 * error, rights, a copy that cannot be made, and a newer version's facts, which this one cannot judge.
 */
export async function journalDamage(folder: string): Promise<JournalDamage | undefined> {
  const file = journalFile(folder);
  try {
    let found: JournalDamage | undefined;
    for (let looks = 0; looks < 2; looks++) {
      found = await damageFound(folder);
      if (found === undefined) return undefined;
      readThrough(file);
    }
    return found;
  } catch (error) {
    throw journalProblem(error, file);
  }
}

async function damageFound(folder: string): Promise<JournalDamage | undefined> {
  const file = journalFile(folder);
  const isLogAlone = statSync(file, { throwIfNoEntry: false }) === undefined;
  if (isLogAlone || logDamage(file) !== undefined) return 'more';
  try {
    const journal = await openJournalForReading(folder);
    try {
      const findings = await journal.findings();
      const newer = findings.find(({ isNewer }) => isNewer);
      if (newer !== undefined) throw new OperatingError('1107', newer.sentence);
      if (findings.length === 0) return undefined;
      return findings.every(({ isOfIndex }) => isOfIndex) ? 'index' : 'more';
    } finally {
      await journal.close();
    }
  } catch (error) {
    if (isDamage(error)) return isFactDamage(error) ? 'more' : 'index';
    throw error;
  }
}
