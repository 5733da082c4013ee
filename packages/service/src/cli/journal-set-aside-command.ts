import { existsSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { isJournalDamaged } from '../journal/is-journal-damaged.ts';
import { journalFile, setJournalAside } from '../journal/journal-files.ts';
import { journalProblem } from '../journal/journal-problem.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { wrapped } from './layout.ts';
import { lockDataFolder } from './lock-data-folder.ts';
import { json } from './show-json.ts';

/** Puts a damaged journal aside, so that the service begins a new one; the old one stays (rule 19). */
export async function setAsideCommand(options: { evenIntact?: true }, world: CliWorld): Promise<ExitStatus> {
  const { dataFolder } = await world.installation();
  const file = journalFile(dataFolder);
  if (!existsSync(file) && !existsSync(`${file}-wal`)) {
    throw new OperatingError('1107', `There is no journal at ${file}: nothing is to be set aside.`);
  }
  // The lock says whether a service works on it, and keeps one from starting meanwhile.
  const lock = lockDataFolder(dataFolder, world);
  try {
    if (!options.evenIntact) await mustBeDamaged(dataFolder);
    const aside = putAside(dataFolder, world.nowMs());
    const sentence = `The journal is at ${aside} now, and the service begins a new one. What waited in it for HiPay is not sent: have each payment of it compared with HiPay's back office.`;
    world.print(world.asJson() ? json({ aside }) : wrapped(sentence, ''));
    return EXIT.fine;
  } finally {
    lock.release();
  }
}

/** Throws where the journal is not known to be damaged, and says why. */
async function mustBeDamaged(dataFolder: string): Promise<void> {
  let why = 'Nothing in it is damaged.';
  try {
    if (await isJournalDamaged(dataFolder)) return;
  } catch (cause) {
    if (!(cause instanceof OperatingError)) throw cause;
    why = cause.message;
  }
  const price = 'what waits in it for HiPay would wait for ever, and no order would be known again';
  const message = `${journalFile(dataFolder)} was left as it is. ${why} --even-intact sets it aside all the same: ${price}.`;
  throw new OperatingError('1107', message);
}

function putAside(dataFolder: string, nowMs: number): string {
  try {
    return setJournalAside(dataFolder, nowMs);
  } catch (error) {
    throw journalProblem(error, journalFile(dataFolder));
  }
}
