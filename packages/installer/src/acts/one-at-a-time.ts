import { createHash } from 'node:crypto';
import { posix, win32 } from 'node:path';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { ActSentences } from './act-sentences.ts';
import type { System } from './system.ts';

/** Two setups at work in one folder would put each other's files in place: the second one changes nothing. */
export async function oneAtATime<T>(
  folder: string,
  { otherSetup }: ActSentences,
  system: System,
  act: () => Promise<T>,
): Promise<T> {
  const name = createHash('sha256')
    .update(await trueName(folder, system))
    .digest('hex')
    .slice(0, 16);
  const release = await system.claim(`hipay-desktop-connector-setup-${name}`);
  if (release === undefined) throw new OperatingError('1000', otherSetup(folder));
  try {
    return await act();
  } finally {
    release();
  }
}

/** One folder has one, by whatever links it is reached; it may have yet to be made. */
async function trueName(folder: string, system: System): Promise<string> {
  const { dirname, basename, join } = system.platform === 'win32' ? win32 : posix;
  const above = dirname(folder);
  if (above === folder || (await system.files.exists(folder))) {
    const path = await system.files.realPath(folder);
    return system.platform === 'win32' ? path.toLowerCase() : path;
  }
  return join(await trueName(above, system), basename(folder));
}
