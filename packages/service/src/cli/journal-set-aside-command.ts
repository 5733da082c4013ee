import { existsSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { journalDamage } from '../journal/journal-damage.ts';
import { journalFile, setJournalAside } from '../journal/journal-files.ts';
import { journalProblem } from '../journal/journal-problem.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { wrapped } from './layout.ts';
import { describeLeft, leftInJournal } from './left-in-journal.ts';
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
    const objection = options.evenIntact ? undefined : await whyNotToMove(dataFolder);
    // Said before anything is moved, and with the refusal that names the option: by it a person decides.
    const left = await leftInJournal(dataFolder);
    for (const line of describeLeft(left)) world.complain(line);
    if (objection !== undefined) throw new OperatingError('1107', objection);
    const aside = putAside(dataFolder, world.nowMs());
    const sentence = `The journal is at ${aside} now, and the service begins a new one, which knows none of its orders: one that is asked again is charged again. What waited in it for HiPay is not sent: have each payment of it compared with HiPay's back office, and those in doubt with the terminal's tickets.`;
    world.print(world.asJson() ? json({ aside, ...(left !== undefined && { left }) }) : wrapped(sentence, ''));
    return EXIT.fine;
  } finally {
    lock.release();
  }
}

const ONLY_INDEX =
  "Only its index is damaged: 'tp-manager journal rebuild-index' derives that from the facts again, and nothing is lost; where it refuses, facts are missing, too.";

/** Of a journal that is not known to be damaged, or only in its index. */
async function whyNotToMove(dataFolder: string): Promise<string | undefined> {
  let why = 'Nothing in it is damaged.';
  try {
    const damage = await journalDamage(dataFolder);
    if (damage === 'more') return undefined;
    if (damage === 'index') why = ONLY_INDEX;
  } catch (cause) {
    if (!(cause instanceof OperatingError)) throw cause;
    why = cause.message;
  }
  const price = 'what waits in it for HiPay would wait for ever, and no order would be known again';
  return `${journalFile(dataFolder)} was left as it is. ${why} --even-intact sets it aside all the same: ${price}.`;
}

function putAside(dataFolder: string, nowMs: number): string {
  try {
    return setJournalAside(dataFolder, nowMs);
  } catch (error) {
    throw journalProblem(error, journalFile(dataFolder));
  }
}
