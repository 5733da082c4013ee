import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { earlierInstallation } from '../src/acts/earlier-installation.ts';
import { install, start } from '../src/acts/install.ts';
import { realFiles } from '../src/acts/real-files.ts';
import { realSystem } from '../src/acts/real-system.ts';
import type { System } from '../src/acts/system.ts';
import { uninstall } from '../src/acts/uninstall.ts';
import {
  askAs,
  configText,
  folder,
  installationForEach,
  log,
  names,
  pids,
  place,
  port,
  root,
  system,
} from './support/each-installation.ts';
import { planFor, standInSystem } from './support/made-up-installation.ts';

describe('a till is installed', () => {
  installationForEach('shop 1/connector');

  test('the real program of this checkout serves, and is removed to nothing left', async () => {
    const real: System = { ...standInSystem(root), source: realSystem(realClock).source };
    const result = await install(planFor(folder, port), real);
    expect(result.notes).toEqual([]);
    expect(result).toMatchObject({ started: true, port, configFile: place.configFile });
    expect(result.version).toMatch(/^\d+\.\d+\.\d+-concertv2-/);
    expect(await askAs(log)).toEqual({ status: 200, body: { version: result.version } });
    expect((await stat(place.configFile)).mode & 0o777).toBe(0o600);
    expect((await stat(place.dataFolder)).mode & 0o777).toBe(0o700);
    expect(await realFiles.exists(join(place.dataFolder, 'journal.db'))).toBe(true);
    expect(await earlierInstallation(folder)).toEqual({ configText: await configText(), runningPort: port });

    await uninstall({ folder, purge: true, yes: true, language: 'en' }, real);
    expect(await askAs(log)).toBe('down');
    expect(await realFiles.exists(folder)).toBe(false);
  });

  test('whoever asks for the start with the computer is told how it was set up', async () => {
    const cron = { status: 0, output: '', errors: '' };
    const withCron: System = {
      ...system,
      run: async (command, args) => (command === 'crontab' ? cron : system.run(command, args)),
      runsAny: () => true,
    };
    const { notes } = await install({ ...planFor(folder, port), start: false, autostart: true }, withCron);
    expect(notes).toEqual([expect.stringContaining(`'${place.alwaysUp}'`)]);
    expect(notes[0]).toMatch(/^The service starts with this computer \(cron: /);
  });

  test('two setups at the same time, by two names of one folder: one installs, the other says so and changes nothing', async () => {
    await mkdir(join(root, 'shop 1'));
    await symlink(join(root, 'shop 1'), join(root, 'link'));
    const other = planFor(join(root, 'link', 'connector'), await freePort());
    const outcomes = await Promise.allSettled([install(planFor(folder, port), system), install(other, system)]);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
    expect(refused).toEqual([expect.stringContaining('Another setup is at work in')]);
    expect((await pids()).length).toBe(2);
    expect(await names(folder).then((all) => all.filter((name) => name.endsWith('.new')))).toEqual([]);
    await install(planFor(folder, port), system);
    expect(await askAs(log)).toMatchObject({ status: 200 });
  });

  test('a service that cannot start: why, in its own words, and the installation stands', async () => {
    await mkdir(place.dataFolder, { recursive: true });
    await writeFile(join(place.dataFolder, 'behaviour'), 'exit 2');
    const result = await install(planFor(folder, port), system);
    expect(result.started).toBe(false);
    expect(result.notes[0]).toMatch(/ended as soon as it was started/);
    expect(result.notes).toContain('  The stand-in ends with 2.');
    await realFiles.remove(join(place.dataFolder, 'behaviour'));
    expect(await start(planFor(folder, port), system)).toMatchObject({ started: true });
  });

  test('removed without --purge: journal and configuration stay, and nothing else', async () => {
    await install(planFor(folder, port), system);
    await writeFile(join(place.dataFolder, 'journal.db'), 'all payments');
    for (const left of ['tp-manager.lock', 'tp-manager.lock-journal'])
      await writeFile(join(place.dataFolder, left), '');
    await mkdir(place.nativeFolder);
    await writeFile(join(place.nativeFolder, 'serialport-0123abcd.node'), 'unpacked');
    await mkdir(place.logFolder);
    await writeFile(join(place.logFolder, 'tp-manager-2026-01-05.log'), 'It began.');
    await realFiles.remove(join(place.dataFolder, 'starts'));
    await uninstall({ folder, purge: false, language: 'en' }, system);
    expect(await askAs(log)).toBe('down');
    expect((await names(folder)).toSorted()).toEqual(['config.yml', 'journal.db']);
    expect(await earlierInstallation(folder)).toEqual({ configText: await configText() });
    await uninstall({ folder, purge: true, yes: true, language: 'en' }, system);
    expect(await realFiles.exists(folder)).toBe(false);
  });

  test('where nothing is installed: nothing is removed, and it says so', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'letter.txt'), 'Dear Mario');
    await expect(uninstall({ folder, purge: true, language: 'en' }, system)).rejects.toThrow(
      `There is no installation in ${folder}`,
    );
    expect(await readFile(join(folder, 'letter.txt'), 'utf8')).toBe('Dear Mario');
    expect(await earlierInstallation(folder)).toBeUndefined();
  });
});
