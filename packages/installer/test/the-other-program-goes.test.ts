import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { install } from '../src/acts/install.ts';
import { placeOf } from '../src/acts/place.ts';
import { realFiles } from '../src/acts/real-files.ts';
import type { Files, System } from '../src/acts/system.ts';
import { installationForEach, port, root, system } from './support/each-installation.ts';
import { planFor } from './support/made-up-installation.ts';

const FOLDER = 'C:\\till';
installationForEach('connector');

/** Where a path of Windows stands: the folder below the root of the test, what is delivered where it is. */
function here(text: string): string {
  if (text.startsWith('C:')) return join(root, text.replaceAll('\\', '/'));
  return text.startsWith('\\') ? text.replaceAll('\\', '/') : text;
}

/** Windows, as far as the places of files go. */
function onWindows(): System {
  const files = Object.fromEntries(
    Object.entries(realFiles).map(([name, act]) => [
      name,
      (...args: unknown[]) =>
        (act as (...args: unknown[]) => unknown)(...args.map((arg) => (typeof arg === 'string' ? here(arg) : arg))),
    ]),
  ) as unknown as Files;
  return { ...system, platform: 'win32', files };
}

test('the program of the other kind, which launch.cmd would go on with, goes; on Windows it has another name', async () => {
  const delivered = placeOf(FOLDER, 'win32', 'delivery').program;
  const ours = placeOf(FOLDER, 'win32', 'checkout').program;
  expect(ours).not.toBe(delivered);
  mkdirSync(dirname(here(delivered)), { recursive: true });
  writeFileSync(here(delivered), 'the executable of before');
  await install({ ...planFor(FOLDER, port), start: false }, onWindows());
  expect(existsSync(here(delivered))).toBe(false);
  expect(existsSync(here(ours))).toBe(true);
});
