import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { answersFile, answersText } from './support/answers.ts';
import { configFile, folder, plan, run } from './support/each-till.ts';
import { deedsOf } from './support/run-setup.ts';

describe('what is missing', () => {
  test.each([
    ['hipay_login', 'hipay-username or HIPAY_USERNAME'],
    ['hipay_password', 'hipay-password, --hipay-password-file or HIPAY_PASSWORD'],
    ['folder', 'folder'],
    ['serial_port', 'serial-port'],
    ['serial_number', 'serial-number'],
    ['local_port', 'local-port'],
    ['api_username', 'api-username'],
    ['api_password', 'api-password, --api-password-file or TP_MANAGER_API_PASSWORD'],
    ['environment', 'environment'],
    ['authorization_threshold', 'authorization-threshold'],
    ['update_time', 'update-time'],
    ['contract', 'contract'],
  ])('%s: named, status 2, nothing written', async (key, option) => {
    const { status, errors } = await run(answersFile(folder, { [key]: null }));
    expect(status).toBe(2);
    expect(errors).toContain(`has no answer: give it by --${option}\n`);
    expect(errors.match(/has no answer/g)).toHaveLength(1);
    expect(existsSync(configFile())).toBe(false);
    expect(deedsOf(folder.till)).toEqual([]);
  });

  test('--yes takes the defaults of what has one', async () => {
    folder.till.portsInUse = [8888, 8889];
    const gaps = { folder: null, serial_port: null, local_port: null, environment: null, update_time: null };
    const contract = '{ nfc: { merchant_id: 1234568 } }';
    const args = answersFile(folder, { ...gaps, authorization_threshold: null, contract });
    const { status, errors } = await run([...args, '--yes']);
    expect([status, errors]).toEqual([0, '']);
    expect(plan().values).toMatchObject({
      serial_port: 'auto',
      local_port: '8890',
      environment: 'dev',
      authorization_threshold: '100',
      update_time: '03:00',
      'contract.nfc.payment_application': '00B',
      'contract.nfc.merchant_id': '1234568',
      'contract.nfc.rank': '001',
    });
    expect(plan()).toMatchObject({ folder: join(folder.root, 'connector') });
    expect(plan().values).not.toHaveProperty(['contract.proxy.rank']);
  });

  test('--yes takes the one terminal that is plugged in, and still misses what has no default', async () => {
    const telium = { path: '/dev/serial/by-id/usb-1', device: '/dev/ttyACM0', terminalMaker: 'Ingenico Telium' };
    folder.till.ports = [[{ path: '/dev/ttyUSB0', device: '/dev/ttyUSB0' }, telium]];
    const { status, errors } = await run([...answersFile(folder, { api_username: null }), '--yes']);
    expect(status).toBe(2);
    expect(errors).toContain('"local API username" has no answer: give it by --api-username');
    await run([...answersFile(folder, { serial_port: null }), '--yes']);
    expect(plan().values.serial_port).toBe('/dev/serial/by-id/usb-1');
  });
});

describe('credentials', () => {
  const none = { hipay_login: null, hipay_password: null };
  const beside = (text: string) => {
    mkdirSync(folder.till.programFolder, { recursive: true });
    writeFileSync(join(folder.till.programFolder, 'credentials.yml'), text);
  };
  const pair = 'hipay_login: beside\nhipay_password: secret beside\n';

  test.each([
    ['beside the program', [], {}, ['beside', 'secret beside']],
    ['the environment wins', [], { HIPAY_USERNAME: 'e', HIPAY_PASSWORD: 'x' }, ['e', 'x']],
    ['a password of its own wins', [], { HIPAY_PASSWORD: 'x' }, ['beside', 'x']],
    [
      'an option wins over both',
      ['--hipay-username', 'o', '--hipay-password', 'p'],
      { HIPAY_USERNAME: 'e' },
      ['o', 'p'],
    ],
  ])('%s', async (_what, args, variables, [login, password]) => {
    beside(pair);
    await run([...answersFile(folder, none), ...args], variables as Record<string, string>);
    expect(plan().values).toMatchObject({ hipay_login: login, hipay_password: password });
  });

  test('a password goes with no other username', async () => {
    beside(pair);
    const { status, errors } = await run([...answersFile(folder, none), '--hipay-username', 'another']);
    expect(status).toBe(2);
    expect(errors).toContain('"Enter your HiPay password" has no answer');
  });

  test('else those of the earlier installation', async () => {
    const place = join(folder.root, 'connector');
    folder.till.earlier = { [place]: { config: answersText(folder, { folder: null }) } };
    const { status } = await run(answersFile(folder, none));
    expect(status).toBe(0);
    expect(plan().values).toMatchObject({ hipay_password: 'Test_1234567' });
  });
});

describe('an earlier installation', () => {
  test('--yes keeps its answers, its optional keys and its port', async () => {
    const place = join(folder.root, 'connector');
    const config = answersText(folder, { folder: null, log_days: '7', baudRate: '1200' });
    folder.till.earlier = { [place]: { config, runningPort: 3001 } };
    folder.till.portsInUse = [3001];
    const { status, errors } = await run(['--yes', '--folder', place, '--update-time', '05:00']);
    expect([status, errors]).toEqual([0, '']);
    expect(plan().values).toMatchObject({
      local_port: '3001',
      api_password: 'till secret',
      update_time: '05:00',
      log_days: '7',
      baudRate: '1200',
      'contract.proxy.merchant_id': '1234567',
    });
  });

  test('a contract that is no longer chosen goes', async () => {
    const place = join(folder.root, 'connector');
    folder.till.earlier = { [place]: { config: answersText(folder, { folder: null }) } };
    await run(['--yes', '--folder', place, '--contract', 'nfc', '--nfc-merchant-id', '7654321']);
    expect(plan().values).toMatchObject({ 'contract.nfc.merchant_id': '7654321' });
    expect(plan().values).not.toHaveProperty(['contract.proxy.merchant_id']);
  });
});
