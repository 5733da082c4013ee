import { readdir, stat, statfs } from 'node:fs/promises';
import {
  arch,
  availableParallelism,
  freemem,
  loadavg,
  release,
  totalmem,
  type as typeOfSystem,
  uptime,
  userInfo,
  version,
} from 'node:os';
import { join } from 'node:path';
import { logFolderOf } from '../../logging/log-folder.ts';
import { json } from '../show-json.ts';
import type { BundlePart, BundleSources } from './bundle-part.ts';

/** What it runs on, and the rights on what it works with. */
export function machineParts({ world, dataFolder }: BundleSources): BundlePart[] {
  return [
    {
      name: 'versions.json',
      what: 'the connector, Node, the operating system, memory, room on the disk',
      read: async () => {
        const { bavail, blocks, bsize, files, ffree } = await statfs(dataFolder);
        return json({
          connector: world.version,
          node: world.nodeVersion,
          system: { type: typeOfSystem(), release: release(), version: version(), architecture: arch() },
          upSeconds: Math.round(uptime()),
          localTime: new Date(world.nowMs()).toString(),
          processors: { count: availableParallelism(), load: loadavg() },
          memoryBytes: { total: totalmem(), free: freemem() },
          disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize, files, freeFiles: ffree },
        });
      },
    },
    {
      name: 'files.txt',
      what: 'the files of the data folder: rights, owner, size, time of the last change',
      read: async () => {
        const lines = await Promise.all([listed(dataFolder), listed(logFolderOf(dataFolder)).catch(() => [])]);
        return `${[`This program's user: ${userInfo().uid}`, ...lines.flat()].join('\n')}\n`;
      },
    },
    {
      name: 'ports.json',
      what: 'the serial ports that are plugged in',
      read: async () => json(await world.serialPorts()),
    },
  ];
}

async function listed(folder: string): Promise<string[]> {
  const names = ['.', ...(await readdir(folder)).toSorted()];
  return Promise.all(
    names.map(async (name) => {
      const { mode, uid, size, mtime } = await stat(join(folder, name));
      const columns = [(mode & 0o7777).toString(8), String(uid), String(size).padStart(12), mtime.toISOString()];
      return [...columns, join(folder, name)].join(' ');
    }),
  );
}
