import { existsSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { journalDamage } from '../journal/journal-damage.ts';
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
    if (!options.evenIntact) await mustBeBeyondMending(dataFolder);
    const aside = putAside(dataFolder, world.nowMs());
    const sentence = `The journal is at ${aside} now, and the service begins a new one. What waited in it for HiPay is not sent: have each payment of it compared with HiPay's back office.`;
    world.print(world.asJson() ? json({ aside }) : wrapped(sentence, ''));
    return EXIT.fine;
  } finally {
    lock.release();
  }
}

const ONLY_INDEX =
  "Only its index is damaged: 'tp-manager journal rebuild-index' derives that from the facts again, and nothing is lost; where it refuses, facts are missing, too.";

/** Throws where the journal is not known to be damaged, or only in its index, and says so. */
async function mustBeBeyondMending(dataFolder: string): Promise<void> {
  let why = 'Nothing in it is damaged.';
  try {
    const damage = await journalDamage(dataFolder);
    if (damage === 'more') return;
    if (damage === 'index') why = ONLY_INDEX;
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
