import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { earlierInstallation } from '../src/acts/earlier-installation.ts';
import { install, start } from '../src/acts/install.ts';
import { askLocally } from '../src/acts/local-service.ts';
import { type Place, placeOf } from '../src/acts/place.ts';
import { realFiles } from '../src/acts/real-files.ts';
import { realSystem } from '../src/acts/real-system.ts';
import type { System } from '../src/acts/system.ts';
import { uninstall } from '../src/acts/uninstall.ts';
import { isAlive, standIn } from './support/launched.ts';
import { freePort, planFor, remove, standInSystem, temporaryFolder } from './support/made-up-installation.ts';
import { until } from './support/until.ts';

describe('a till is installed', () => {
  let root: string;
  let folder: string;
  let place: Place;
  let port: number;
  let system: System;
  let others: ChildProcess[];
  beforeEach(async () => {
    root = temporaryFolder();
    folder = join(root, 'shop 1', 'connector');
    place = placeOf(folder, process.platform, 'checkout');
    port = await freePort();
    system = standInSystem(root);
    others = [];
  });
  afterEach(async () => {
    if (await realFiles.exists(place.binFolder)) await uninstall({ folder, purge: true, language: 'en' }, system);
    for (const other of others) other.kill('SIGKILL');
    await remove(root);
  });

  const configText = () => readFile(place.configFile, 'utf8');
  const askAs = (credentials: { username: string; password: string }, at = port) =>
    askLocally({ port: at, ...credentials }, '/version');
  const log = { username: 'log', password: 'pwd' };

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

    await uninstall({ folder, purge: true, language: 'en' }, real);
    expect(await askAs(log)).toBe('down');
    expect(await realFiles.exists(folder)).toBe(false);
  });

  test('again, with another port and password: the service goes on under them, and what a person wrote stays', async () => {
    await install(planFor(folder, port), system);
    await writeFile(place.configFile, `# Ask Mario.\n${await configText()}shop_code: 17\n`);
    await writeFile(join(place.dataFolder, 'journal.db'), 'all payments');
    const [first] = await pids();
    const other = await freePort();
    const result = await install(planFor(folder, other, { api_password: 'new one' }), system);
    expect(result).toMatchObject({ started: true, port: other, notes: [] });
    expect(isAlive(first ?? 0)).toBe(false);
    expect(await askAs(log)).toBe('down');
    expect(await askAs({ username: 'log', password: 'new one' }, other)).toMatchObject({ status: 200 });
    expect(await configText()).toMatch(/^# Ask Mario\.\n[\s\S]*^shop_code: 17$/m);
    expect(await readFile(join(place.dataFolder, 'journal.db'), 'utf8')).toBe('all payments');
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

  test('where a file cannot be put in place, what ran before runs again, and is what it was', async () => {
    await install(planFor(folder, port), system);
    const config = await configText();
    const rename = async (from: string, to: string) => {
      if (to === place.configFile) throw new Error('the disk is gone');
      await realFiles.rename(from, to);
    };
    const failing = { ...system, files: { ...realFiles, rename } };
    const next = planFor(folder, port, { serial_number: 'SN_456' });
    await expect(install(next, failing)).rejects.toThrow('the disk is gone');
    await until(async () => typeof (await askAs(log)) !== 'string');
    expect(await configText()).toBe(config);
    expect(await names(folder).then((all) => all.filter((name) => name.endsWith('.new')))).toEqual([]);
  });

  test('what cron starts while the files are put in place is not what runs in the end', async () => {
    await install(planFor(folder, port), system);
    let byCron = 0;
    const rename = async (from: string, to: string) => {
      if (to === place.program) {
        spawn(place.alwaysUp, { stdio: 'ignore' });
        await until(async () => (await pids()).length > 0);
        [byCron = 0] = await pids();
      }
      await realFiles.rename(from, to);
    };
    const other = await freePort();
    const result = await install(planFor(folder, other), { ...system, files: { ...realFiles, rename } });
    expect(result).toMatchObject({ started: true, port: other, notes: [] });
    expect(isAlive(byCron)).toBe(false);
    expect(await askAs(log)).toBe('down');
    expect(await askAs(log, other)).toMatchObject({ status: 200 });
  });

  test('a config.yml in the code of an older Windows: what a person wrote in it stays readable', async () => {
    await mkdir(place.dataFolder, { recursive: true });
    await writeFile(place.configFile, Buffer.from('# Café de la gare\r\nshop: Métro\r\n', 'latin1'));
    await install({ ...planFor(folder, port), start: false }, system);
    expect(await configText()).toMatch(/^# Café de la gare\r\nshop: Métro\r$/m);
  });

  test('a contract that there is no more goes from config.yml', async () => {
    const nfc = {
      'contract.nfc.payment_application': '00B',
      'contract.nfc.merchant_id': '1234568',
      'contract.nfc.rank': '001',
    };
    await install({ ...planFor(folder, port, nfc), start: false }, system);
    expect(readAnswers(await configText()).texts).toMatchObject(nfc);
    await install({ ...planFor(folder, port), start: false }, system);
    expect(Object.keys(readAnswers(await configText()).texts).join()).not.toContain('nfc');
  });

  test('the original connector is taken over: its service is stopped, and the keys that only it knows stay', async () => {
    await mkdir(place.dataFolder, { recursive: true });
    const itsConfig = `local_port: "${port}"\napi_username: log\napi_password: old\nproxy_url: http://its.own\n`;
    await writeFile(place.configFile, itsConfig);
    const original = spawn(process.execPath, [standIn, '--config', place.configFile], { stdio: 'ignore' });
    others.push(original);
    const exit = once(original, 'exit');
    await until(async () => typeof (await askAs({ username: 'log', password: 'old' })) !== 'string');
    // It has no file that says which process it is.
    await realFiles.remove(place.runningFile);
    expect(await earlierInstallation(folder)).toEqual({ configText: itsConfig, runningPort: port });

    const result = await install(planFor(folder, port), system);
    expect((await exit)[0]).toBe(0);
    expect(result).toMatchObject({ started: true, notes: [] });
    expect(await configText()).toMatch(/^proxy_url: http:\/\/its\.own$/m);
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

  test('a mistake of the earlier config.yml that nobody was asked about: named with its place, and nothing is changed', async () => {
    await install({ ...planFor(folder, port), start: false }, system);
    const wrong = `${await configText()}\npayment_timeout: soon\n`;
    await writeFile(place.configFile, wrong);
    await writeFile(place.launch, 'as it was');
    await expect(install(planFor(folder, port), system)).rejects.toThrow(
      /config\.yml:\d+:\d+: payment_timeout: found "soon"/,
    );
    expect(await configText()).toBe(wrong);
    expect(await readFile(place.launch, 'utf8')).toBe('as it was');
  });

  test('--no-start: nothing runs, and what ran before is said to be stopped', async () => {
    await install(planFor(folder, port), system);
    const result = await install({ ...planFor(folder, port), start: false }, system);
    expect(result.started).toBe(false);
    expect(result.notes).toEqual(['The service that was running has been stopped.']);
    expect(await pids()).toEqual([]);
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
    await uninstall({ folder, purge: true, language: 'en' }, system);
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

  /** The processes that live: the service and what keeps it up. */
  async function pids(): Promise<number[]> {
    const running = JSON.parse((await realFiles.read(place.runningFile)) ?? '{}') as { pid?: number };
    const keeper = Number(await realFiles.read(place.keeperFile));
    return [running.pid ?? 0, keeper].filter((pid) => pid > 0 && isAlive(pid));
  }
});

async function names(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []));
}
