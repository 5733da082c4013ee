import { existsSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { journalFile } from '../journal/journal-files.ts';
import { rebuildIndex } from '../journal/rebuild-index.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { wrapped } from './layout.ts';
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
    const { payments, aside } = rebuildIndex(dataFolder, world.nowMs());
    const sentence = `The index of ${payments} payments was derived from their facts again: start the service. The journal as it was is at ${aside}; it holds the customers' data, so delete it once all is well.`;
    world.print(world.asJson() ? json({ payments, aside }) : wrapped(sentence, ''));
    return EXIT.fine;
  } finally {
    lock.release();
  }
}
