import { existsSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { journalDamage } from '../journal/journal-damage.ts';
import { journalFile } from '../journal/journal-files.ts';
import { rebuildIndex } from '../journal/rebuild-index.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { counted, wrapped } from './layout.ts';
import { lockDataFolder } from './lock-data-folder.ts';
import { json } from './show-json.ts';

/** Derives the journal's index from its facts again, where only the index is damaged: nothing is lost by that. */
export async function rebuildIndexCommand(world: CliWorld): Promise<ExitStatus> {
  const { dataFolder } = await world.installation();
  const file = journalFile(dataFolder);
  if (!existsSync(file))
    throw new OperatingError('1107', `There is no journal at ${file}: it has no index to rebuild.`);
  const lock = lockDataFolder(dataFolder, world);
  try {
    const wasIntact = await isIntact(dataFolder);
    const { payments, aside } = rebuildIndex(dataFolder, world.nowMs());
    const done = `The index of ${counted(payments, 'payment')} was derived from ${payments === 1 ? 'its' : 'their'} facts again`;
    const found = wasIntact ? ', though nothing was wrong with it: what was amiss has another cause. Start' : ': start';
    const sentence = `${done}${found} the service. The journal as it was is at ${aside}; it holds the customers' data, so delete it once all is well.`;
    world.print(world.asJson() ? json({ payments, aside, wasIntact }) : wrapped(sentence, ''));
    return EXIT.fine;
  } finally {
    lock.release();
  }
}

/** What keeps that from being known keeps the index from being rebuilt, too, and is said there. */
async function isIntact(dataFolder: string): Promise<boolean> {
  try {
    return (await journalDamage(dataFolder)) === undefined;
  } catch (error) {
    if (!(error instanceof OperatingError)) throw error;
    return false;
  }
}
