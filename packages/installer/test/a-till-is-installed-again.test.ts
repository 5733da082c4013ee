import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { earlierInstallation } from '../src/acts/earlier-installation.ts';
import { install } from '../src/acts/install.ts';
import { realFiles } from '../src/acts/real-files.ts';
import type { System } from '../src/acts/system.ts';
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
  system,
} from './support/each-installation.ts';
import { isAlive, standIn } from './support/launched.ts';
import { planFor } from './support/made-up-installation.ts';
import { until } from './support/until.ts';

describe('a till is installed', () => {
  let original: ChildProcess | undefined;
  installationForEach('shop 1/connector');
  afterEach(() => original?.kill('SIGKILL'));

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

  test('what cron starts just before the setup does is waited for', async () => {
    await install(planFor(folder, port), system);
    const starts = join(place.dataFolder, 'starts');
    const behave = (behaviour: string) => writeFile(join(place.dataFolder, 'behaviour'), behaviour);
    const run: System['run'] = async (command, args) => {
      if (command === 'crontab' && args[0] === '-l') {
        // It takes its time: no tills are served yet when the setup starts the service.
        await behave('fail');
        await realFiles.remove(starts);
        spawn(place.alwaysUp, { stdio: 'ignore' });
        await until(() => realFiles.exists(starts));
      }
      return system.run(command, args);
    };
    const installing = install({ ...planFor(folder, port), autostart: true }, { ...system, run });
    await until(async () => (await readFile(place.logFile, 'utf8')).includes('kept up already'));
    await behave('serve');
    expect(await installing).toMatchObject({ started: true, port });
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
    original = spawn(process.execPath, [standIn, '--config', place.configFile], { stdio: 'ignore' });
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
});
