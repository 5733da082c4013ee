import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { daysBefore, logFilesIn, logFolderOf } from '../../logging/log-folder.ts';
import { localDayOf } from '../../logging/log-text.ts';
import { cliLimits } from '../cli-limits.ts';
import type { BundlePart, BundleSources } from './bundle-part.ts';
import { readTail } from './read-tail.ts';

/** The log of the last days, newest first as long as there is room, and what launch has written beside it. */
export async function logParts({ dataFolder, days, world }: BundleSources): Promise<BundlePart[]> {
  const launchLogs = ['launch.log', 'launch.log.1'].filter((name) => existsSync(join(dataFolder, name)));
  const launched = launchLogs.map((name): BundlePart => {
    const what = 'what launch did, and what the service said that was wrong';
    return { name: `logs/${name}`, what, read: () => readTail(join(dataFolder, name), cliLimits.bundlePartBytes) };
  });
  const folder = logFolderOf(dataFolder);
  const first = daysBefore(localDayOf(world.nowMs()), days - 1);
  const files = await logFilesIn(folder).catch((error: Error) => error);
  if (files instanceof Error) {
    const read = () => Promise.reject(files);
    return [{ name: 'logs/tp-manager.log', what: 'the log of the service', read }, ...launched];
  }
  const parts: BundlePart[] = [];
  let room: number = cliLimits.bundleLogBytes;
  for (const { name } of files.filter(({ day }) => day >= first).toReversed()) {
    const mostBytes = room;
    // One that the service has just removed is missing from the bundle, which is made all the same.
    const { size } = await stat(join(folder, name)).catch(() => ({ size: 0 }));
    room = Math.max(0, room - size);
    const read = (): Promise<string> =>
      mostBytes > 0 ? readTail(join(folder, name), mostBytes) : Promise.reject(new Error('there was no room for it'));
    parts.push({ name: `logs/${name}`, what: 'the log of the service on that day', read });
  }
  return [...parts, ...launched];
}
