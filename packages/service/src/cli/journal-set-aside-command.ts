import { existsSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { AlreadyRunning } from '../journal/already-running.ts';
import { DataFolderLock } from '../journal/data-folder-lock.ts';
import { journalFile, setJournalAside } from '../journal/journal-files.ts';
import { logDamage } from '../journal/log-damage.ts';
import { openJournalForReading } from '../journal/open-for-reading.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { wrapped } from './layout.ts';
import { json } from './show-json.ts';

/** Puts a damaged journal aside, so that the service begins a new one; the old one stays (rule 19). */
export async function setAsideCommand(options: { evenIntact?: true }, world: CliWorld): Promise<ExitStatus> {
  const { dataFolder } = await world.installation();
  const file = journalFile(dataFolder);
  if (!existsSync(file) && !existsSync(`${file}-wal`)) {
    throw new OperatingError('1107', `There is no journal at ${file}: nothing is to be set aside.`);
  }
  // The lock says whether a service works on it, and keeps one from starting meanwhile.
  const lock = lockOrThrow(dataFolder, world);
  try {
    if (!options.evenIntact && (await isIntact(dataFolder))) {
      const what =
        'Nothing in it is damaged: what waits in it for HiPay would wait for ever, and no order would be known again.';
      throw new OperatingError('1107', `${file} was left as it is. ${what} --even-intact sets it aside all the same.`);
    }
    const aside = setJournalAside(dataFolder, world.nowMs());
    const sentence = `The journal is at ${aside} now, and the service begins a new one. What waited in it for HiPay is not sent: have each payment of it compared with HiPay's back office.`;
    world.print(world.asJson() ? json({ aside }) : wrapped(sentence, ''));
    return EXIT.fine;
  } finally {
    lock.release();
  }
}

function lockOrThrow(dataFolder: string, { pid, nowMs }: CliWorld): DataFolderLock {
  try {
    return DataFolderLock.take(dataFolder, { pid, since: new Date(nowMs()).toISOString() });
  } catch (cause) {
    if (!(cause instanceof AlreadyRunning)) throw cause;
    const message = "The service is working on this journal: stop it first ('tp-manager stop --hold'), then ask again.";
    throw new OperatingError('1107', message, { cause });
  }
}

async function isIntact(dataFolder: string): Promise<boolean> {
  try {
    if (logDamage(journalFile(dataFolder)) !== undefined) return false;
    const journal = await openJournalForReading(dataFolder);
    try {
      return (await journal.verify()).length === 0;
    } finally {
      await journal.close();
    }
  } catch (error) {
    if (error instanceof OperatingError) return false;
    throw error;
  }
}
