import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { install } from '../src/acts/install.ts';
import { placeOf } from '../src/acts/place.ts';
import { realFiles } from '../src/acts/real-files.ts';
import type { Files, System } from '../src/acts/system.ts';
import { uninstall } from '../src/acts/uninstall.ts';
import { Interrupted } from '../src/prompter.ts';
import { installationForEach, port, root, system } from './support/each-installation.ts';
import { filesBelow, planFor, remove } from './support/made-up-installation.ts';

const CHANGING = ['makeFolder', 'write', 'copy', 'rename', 'remove', 'removeAll', 'removeIfEmpty'] as const;

class Killed extends Error {}

/** From the nth change on nothing is done any more, as nothing is by a process that was killed; `half` leaves the first half of a file. */
function dyingFiles(lastChange: number, half: boolean): { files: Files; changes: () => number } {
  let changes = 0;
  const files = { ...realFiles };
  for (const name of CHANGING) {
    const real = realFiles[name] as (...args: unknown[]) => Promise<void>;
    Object.assign(files, {
      [name]: async (...args: unknown[]) => {
        changes++;
        if (changes > lastChange) {
          if (half && changes === lastChange + 1 && name === 'write') await writeHalf(args as [string, string, number]);
          throw new Killed(`at change ${changes}`);
        }
        await real(...args);
      },
    });
  }
  return { files, changes: () => changes };
}

async function writeHalf([path, content, mode]: [string, string, number]): Promise<void> {
  await writeFile(path, content.slice(0, content.length / 2), { mode });
}

const COMMENT = '# Ours since 2024: ask Mario before changing it.';

describe('a setup that is killed', () => {
  installationForEach('connector');

  const plan = (folder: string) => ({
    ...planFor(folder, port, { serial_number: 'SN_456', 'contract.proxy.rank': '002' }),
    start: false,
  });

  /** An installation of an earlier version, which also has a journal, and a config.yml that a person has edited. */
  async function earlier(folder: string): Promise<void> {
    const place = placeOf(folder, process.platform, 'checkout');
    await mkdir(place.dataFolder, { recursive: true });
    await writeFile(place.program, '#!/bin/sh\n# an earlier one\n', { mode: 0o755 });
    await writeFile(place.launch, '#!/bin/sh\n# an earlier one\n', { mode: 0o755 });
    await writeFile(place.alwaysUp, '#!/bin/sh\n# an earlier one\n', { mode: 0o755 });
    await writeFile(join(place.dataFolder, 'journal.db'), 'all payments');
    await install({ ...planFor(join(root, 'for-its-config'), port), start: false }, system);
    const config = placeOf(join(root, 'for-its-config'), process.platform, 'checkout').configFile;
    const text = (await realFiles.read(config)) ?? '';
    await writeFile(place.configFile, `${COMMENT}\n${text}shop_code: 17\n`, { mode: 0o600 });
    await remove(join(root, 'for-its-config'));
  }

  async function changesOf(act: (system: System) => Promise<unknown>): Promise<number> {
    const { files, changes } = dyingFiles(Number.POSITIVE_INFINITY, false);
    await act({ ...system, files });
    return changes();
  }

  test.each([
    ['into an empty folder', false, false],
    ['over an earlier installation', true, false],
    ['over an earlier installation, with half a file written', true, true],
  ])('%s: at every change of a file; the next run completes it', async (_where, isUpgrade, half) => {
    const before = join(root, 'before');
    if (isUpgrade) await earlier(before);
    else await mkdir(before);
    const reference = join(root, 'reference');
    await cp(before, reference, { recursive: true });
    const changes = await changesOf((whole) => install(plan(reference), whole));
    const whole = await filesBelow(reference);
    const untouched = await filesBelow(before);
    expect(changes).toBeGreaterThan(8);

    for (let last = 0; last < changes; last++) {
      const folder = join(root, `killed-${last}`);
      await cp(before, folder, { recursive: true });
      const { files } = dyingFiles(last, half);
      await expect(install(plan(folder), { ...system, files })).rejects.toThrow(Killed);

      // Each file is the old one or the new one; what was not ready stands beside them under its own name.
      const left = await filesBelow(folder);
      for (const [name, content] of Object.entries(left)) {
        if (!name.endsWith('.new')) expect([untouched[name], whole[name]]).toContain(content);
      }
      for (const name of Object.keys(untouched)) expect(left).toHaveProperty([name]);
      const config = await realFiles.read(placeOf(folder, process.platform, 'checkout').configFile);
      if (config !== undefined) expect(parseConfig(config, {}).ok).toBe(true);

      await install(plan(folder), system);
      expect(await filesBelow(folder)).toEqual(whole);
    }
  });

  test.each([
    ['into an empty folder', false],
    ['over an earlier installation', true],
  ])('Ctrl-C while files are made, %s: all is as it was', async (_where, isUpgrade) => {
    const before = join(root, 'before');
    if (isUpgrade) await earlier(before);
    else await mkdir(before);
    const untouched = await filesBelow(before);
    const interruption = new AbortController();
    const write = async (...args: Parameters<Files['write']>) => {
      await realFiles.write(...args);
      interruption.abort(new Interrupted());
    };
    const interruptibly: System['interruptibly'] = (act) => act(interruption.signal);
    const pressed = { ...system, interruptibly, files: { ...realFiles, write } };
    await expect(install(plan(before), pressed)).rejects.toThrow(Interrupted);
    expect(await filesBelow(root)).toEqual(
      Object.fromEntries(Object.entries(untouched).map(([name, content]) => [`before/${name}`, content])),
    );
    expect(await realFiles.exists(before)).toBe(isUpgrade);
  });

  test('run again, it starts, wherever it was killed', async () => {
    const changes = await changesOf((whole) => install(plan(join(root, 'reference')), whole));
    for (let last = 0; last < changes; last++) {
      const folder = join(root, `killed-${last}`);
      const { files } = dyingFiles(last, true);
      await expect(install(plan(folder), { ...system, files })).rejects.toThrow(Killed);
      const result = await install({ ...plan(folder), start: true }, system);
      expect(result).toMatchObject({ started: true, version: '0.0.0-stand-in', notes: [] });
      await uninstall({ folder, purge: true, language: 'en' }, system);
      expect(await realFiles.exists(folder)).toBe(false);
    }
  });

  test('a removal, too', async () => {
    const before = join(root, 'before');
    await earlier(before);
    const changes = await changesOf(async (whole) => {
      await cp(before, join(root, 'reference'), { recursive: true });
      await uninstall({ folder: join(root, 'reference'), purge: true, yes: true, language: 'en' }, whole);
    });
    for (let last = 0; last < changes; last++) {
      const folder = join(root, `removed-${last}`);
      await cp(before, folder, { recursive: true });
      const { files } = dyingFiles(last, false);
      await expect(uninstall({ folder, purge: true, yes: true, language: 'en' }, { ...system, files })).rejects.toThrow(
        Killed,
      );
      if (await realFiles.exists(join(folder, 'hipay'))) {
        await uninstall({ folder, purge: true, yes: true, language: 'en' }, system);
      }
      expect(
        await filesBelow(root).then((files) => Object.keys(files).filter((name) => name.includes(`-${last}/`))),
      ).toEqual([]);
    }
  });
});
