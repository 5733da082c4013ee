import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { askLocally } from '../../src/acts/local-service.ts';
import { type Place, placeOf } from '../../src/acts/place.ts';
import { realFiles } from '../../src/acts/real-files.ts';
import type { System } from '../../src/acts/system.ts';
import { uninstall } from '../../src/acts/uninstall.ts';
import { isAlive } from './launched.ts';
import { remove, standInSystem, temporaryFolder } from './made-up-installation.ts';

/** Where the test that runs installs; all of it is below the root. */
export let root: string;
export let folder: string;
export let place: Place;
/** Nobody listens there yet. */
export let port: number;
export let system: System;

/** Each test has a folder of this name to itself, and what it has installed there is removed after it. */
export function installationForEach(name: string): void {
  beforeEach(async () => {
    root = temporaryFolder();
    folder = join(root, name);
    place = placeOf(folder, process.platform, 'checkout');
    port = await freePort();
    system = standInSystem(root);
  });
  afterEach(async () => {
    if (await realFiles.exists(place.binFolder)) {
      // Of a test that failed in the midst of a payment, too.
      if (await realFiles.exists(place.dataFolder)) await writeFile(join(place.dataFolder, 'behaviour'), 'serve');
      await uninstall({ folder, purge: true, yes: true, language: 'en' }, system);
    }
    await remove(root);
  });
}

export const log = { username: 'log', password: 'pwd' };

export const askAs = (credentials: { username: string; password: string }, at = port) =>
  askLocally({ port: at, ...credentials }, '/version');

export const configText = (): Promise<string> => readFile(place.configFile, 'utf8');

/** The processes that live: the service and what keeps it up. */
export async function pids(): Promise<number[]> {
  const running = JSON.parse((await realFiles.read(place.runningFile)) ?? '{}') as { pid?: number };
  const keeper = Number(await realFiles.read(place.keeperFile));
  return [running.pid ?? 0, keeper].filter((pid) => pid > 0 && isAlive(pid));
}

/** The names of the files below it. */
export async function names(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}
