import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answersFile, answersText } from './support/answers.ts';
import { madeUpTill, type TillFolder } from './support/made-up-till.ts';
import { deedsOf, setupInPipe, setupWithoutTerminal } from './support/run-setup.ts';

let folder: TillFolder;
beforeEach(() => {
  folder = madeUpTill();
});
afterEach(() => folder.remove());

const run = (args: string[], variables?: Record<string, string>) => setupWithoutTerminal(folder.till, args, variables);
const configFile = () => join(folder.root, 'connector/hipay/ecr-connector/bin/data/config.yml');
const written = () => readFileSync(configFile(), 'utf8');
const plan = () => deedsOf(folder.till)[0]?.plan as { values: Record<string, string>; start: boolean };

describe('a file of answers', () => {
  test('installs without a question; secrets are not printed', async () => {
    const { status, output, errors } = await setupInPipe(folder.till, answersFile(folder, { pos_number: '"07"' }));
    expect([status, errors]).toEqual([0, '']);
    expect(output.split('\n')[0]).toBe('Installing HiPay ECR Connector...');
    expect(output).toContain('"hipay_password": "[hidden]"');
    expect(output).toContain('"api_password": "[hidden]"');
    expect(output).not.toMatch(/Test_1234567|till secret|\? /);
    expect(output.trimEnd().split('\n').at(-1)).toBe(
      'The service tp-manager has been started and will check for any update upon startup',
    );
    expect(written()).toContain('api_password: "till secret"');
    expect(written()).toContain('pos_number: "07"');
    expect(written()).not.toContain('nfc:');
  });

  test('on Windows no key is waited for either', async () => {
    folder.till.platform = 'win32';
    const { status, output } = await run(answersFile(folder));
    expect(status).toBe(0);
    expect(output).toContain('"baudRate": 9600');
    expect(output).not.toContain('Press');
    expect(plan().start).toBe(true);
  });

  test('with --no-start, one line says how to start', async () => {
    const { status, output } = await run([...answersFile(folder), '--no-start']);
    expect(status).toBe(0);
    expect(output.trimEnd().split('\n').at(-1)).toBe(
      `The service tp-manager has not been started; ${join(folder.root, 'connector/launch.sh')} starts it.`,
    );
    expect(plan().start).toBe(false);
  });

  test('with --dry-run everything is shown and nothing is done', async () => {
    const { status, output } = await run([...answersFile(folder), '--dry-run']);
    expect(status).toBe(0);
    expect(output).toContain('"serial_port": "COM1"');
    expect(output.trimEnd().split('\n').at(-1)).toBe('Nothing was written (--dry-run).');
    expect(deedsOf(folder.till)).toEqual([]);
  });

  test('each mistake in it is told with its place', async () => {
    const { status, output, errors } = await run(answersFile(folder, { local_port: 'many', update_time: '25:00' }));
    expect([status, output]).toEqual([2, '']);
    expect(errors).toMatch(/answers\.yml:6:13: local_port: found "many", expected a port number from 1 to 65535/);
    expect(errors).toMatch(/answers\.yml:11:14: update_time: found "25:00"/);
    expect(deedsOf(folder.till)).toEqual([]);
  });

  test('all of it is told at once: what is wrong, what this machine has against it, and what is missing', async () => {
    folder.till.portsInUse = [3001];
    const file = answersFile(folder, { update_time: '25:00', serial_number: null, api_username: null });
    const { status, output, errors } = await run([...file, '--environment', 'test']);
    expect([status, output]).toEqual([2, '']);
    expect(errors.trimEnd().split('\n')).toEqual([
      expect.stringContaining('answers.yml:9:14: update_time: found "25:00"'),
      '--environment: found "test", expected dev or prod',
      expect.stringContaining('answers.yml: Port 3001 is in use by another program; 8888 is free'),
      '"Enter the payment terminal serial number" has no answer: give it by --serial-number',
      '"local API username" has no answer: give it by --api-username',
      expect.stringContaining('Nothing was written.'),
    ]);
    expect(deedsOf(folder.till)).toEqual([]);
  });

  test('a part of a contract that is wrong is not called missing', async () => {
    const { errors } = await run(answersFile(folder, { contract: '{ nfc: { merchant_id: 12, rank: 001 } }' }));
    expect(errors.match(/contract\.nfc\.merchant_id: found "12"/g)).toHaveLength(1);
    expect(errors.match(/has no answer/g)).toHaveLength(1);
    expect(errors).toContain('--nfc-payment-application');
  });

  test('that is not there is named', async () => {
    const { status, errors } = await run(['--answers', 'nowhere.yml']);
    expect(status).toBe(2);
    expect(errors).toContain('--answers nowhere.yml cannot be read');
  });
});

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

describe('options', () => {
  const all = [
    ['--hipay-username', 'user'],
    ['--hipay-password', 'word'],
    ['--serial-port', 'tcp://10.0.0.5:8000'],
    ['--serial-number', '42'],
    ['--local-port', '4000'],
    ['--api-username', 'till'],
    ['--environment', 'dev'],
    ['--authorization-threshold', '49,90'],
    ['--update-time', '04:30'],
    ['--contract', 'both'],
    ['--proxy-payment-application', '001'],
    ['--nfc-payment-application', '00b'],
    ['--proxy-merchant-id', '1234567'],
    ['--nfc-merchant-id', '1234568'],
    ['--proxy-rank', '001'],
    ['--nfc-rank', '002'],
  ].flat();

  test('alone install a till; a secret comes from a file or the environment', async () => {
    writeFileSync(join(folder.root, 'secret'), 'from file\r\nsecond line\n');
    const args = [...all, '--folder', 'shop till', '--api-password-file', 'secret'];
    const { status, errors } = await run(args);
    expect([status, errors]).toEqual([0, '']);
    expect(deedsOf(folder.till)[0]).toEqual({
      act: 'install',
      plan: {
        folder: join(folder.root, 'shop till'),
        language: 'en',
        start: true,
        autostart: false,
        values: {
          hipay_login: 'user',
          hipay_password: 'word',
          serial_port: 'tcp://10.0.0.5:8000',
          serial_number: '42',
          local_port: '4000',
          api_username: 'till',
          api_password: 'from file',
          environment: 'dev',
          authorization_threshold: '49,90',
          update_time: '04:30',
          'contract.proxy.payment_application': '001',
          'contract.proxy.merchant_id': '1234567',
          'contract.proxy.rank': '001',
          'contract.nfc.payment_application': '00b',
          'contract.nfc.merchant_id': '1234568',
          'contract.nfc.rank': '002',
        },
      },
    });
    const inEnvironment = { TP_MANAGER_API_PASSWORD: 'from environment' };
    await run([...all, '--folder', '~/other', '--autostart'], inEnvironment);
    expect(deedsOf(folder.till)[0]?.plan).toMatchObject({
      folder: join(folder.root, 'other'),
      autostart: true,
      values: { api_password: 'from environment' },
    });
  });

  test.each([
    ['an unknown one', ['--colour', 'red'], "unknown option '--colour'"],
    ['a language that is not spoken', ['--language', 'de'], "argument 'de' is invalid"],
    ['something behind them', ['COM3'], 'too many arguments'],
    ['a wrong value', ['--local-port', '70000'], '--local-port: found "70000", expected a port number from 1 to 65535'],
    ['a wrong contract', ['--contract', 'all'], '--contract: found "all", expected proxy, nfc, both'],
    ['a wrong secret', ['--api-password', ' '], '--api-password: found a value that is not shown, expected'],
    ['the same twice', ['--api-password', 'a', '--api-password-file', 'b'], 'say the same: give one of them'],
    [
      'a part of no contract',
      ['--contract', 'proxy', '--nfc-rank', '001'],
      '--nfc-rank is given, but the contract is proxy',
    ],
    ['--purge alone', ['--purge'], '--purge is for --uninstall only'],
    [
      '--uninstall as a rehearsal',
      ['--uninstall', '--purge', '--dry-run', '--folder', 'connector'],
      '--dry-run does not go with --uninstall: nothing was removed',
    ],
  ])('%s: status 2, nothing written', async (_what, args, message) => {
    const { status, output, errors } = await run([...answersFile(folder), ...args]);
    expect(errors).toContain(message);
    expect(output).toBe('');
    expect(status).toBe(2);
    expect(deedsOf(folder.till)).toEqual([]);
  });

  test.each([
    [[], false],
    [['--purge'], true],
  ])('--uninstall %p', async (purge, purges) => {
    const { status, output } = await run(['--uninstall', '--folder', 'connector', ...purge]);
    const place = join(folder.root, 'connector');
    expect(status).toBe(0);
    expect(deedsOf(folder.till)).toEqual([{ act: 'uninstall', folder: place, purge: purges, language: 'en' }]);
    expect(output).toContain(purges ? 'with its journal' : 'its journal and configuration were kept');
  });

  test('--uninstall --purge --yes: even what is in doubt', async () => {
    await run(['--uninstall', '--purge', '--yes', '--folder', 'connector']);
    expect(deedsOf(folder.till)).toMatchObject([{ act: 'uninstall', purge: true, yes: true }]);
  });

  test('--uninstall takes the folder from the file of answers, whatever else is in it', async () => {
    const { status, errors } = await run([
      ...answersFile(folder, { local_port: 'many', colour: 'red' }),
      '--uninstall',
    ]);
    expect([status, errors]).toEqual([0, '']);
    expect(deedsOf(folder.till)).toMatchObject([{ act: 'uninstall', folder: join(folder.root, 'connector') }]);
    await run([...answersFile(folder), '--uninstall', '--folder', 'other']);
    expect(deedsOf(folder.till)).toMatchObject([{ folder: join(folder.root, 'other') }]);
  });

  test.each([
    ['no folder at all', [], 'Name its folder by --folder, or by --answers'],
    ['a file of answers without one', { folder: null }, 'Name its folder by --folder, or by --answers'],
    ['a file of answers that is not there', ['--answers', 'nowhere.yml'], '/nowhere.yml. Mend the path'],
  ])('--uninstall by %s: status 2, nothing removed', async (_what, given, message) => {
    const args = Array.isArray(given) ? given : answersFile(folder, given);
    const { status, errors } = await run([...args, '--uninstall']);
    expect(status).toBe(2);
    expect(errors).toContain(message);
    expect(deedsOf(folder.till)).toEqual([]);
  });

  test.each([
    ['an upgrade', []],
    ['a removal', ['--uninstall']],
  ])('what %s has to say while it is at it is printed', async (_what, args) => {
    folder.till.saysMeanwhile = 'A payment is waited for.';
    const { status, output } = await run([...answersFile(folder), ...args]);
    expect(status).toBe(0);
    expect(output).toMatch(/^A payment is waited for\.$/m);
  });

  test('--help and --version are no failures', async () => {
    const help = await run(['--help']);
    expect([help.status, help.errors]).toEqual([0, '']);
    expect(help.output).toContain('with --no-start one line says how to start it');
    const version = await run(['--version']);
    expect(version).toMatchObject({ status: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
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

describe('what this machine has against an answer', () => {
  test.each([
    [
      'a port that another program holds',
      { portsInUse: [3001] },
      'Port 3001 is in use by another program; 8888 is free',
    ],
    ['a port for administrators', { portsForbidden: [3001] }, 'Port 3001 may be used by administrators only'],
    [
      'a full disk',
      { folderState: { at: 'no_room', freeBytes: 5e6, neededBytes: 4e8 } },
      'only 4 MB free there, and 382',
    ],
    ['a folder of somebody else', { folderState: { at: 'not_writable', path: '/opt' } }, 'You may not write into /opt'],
    ['a file in its place', { folderState: { at: 'not_a_folder', path: '/opt' } }, '/opt is a file, not a folder'],
  ] as const)('%s: status 2, nothing written', async (_what, till, message) => {
    Object.assign(folder.till, till);
    const { status, errors } = await run(answersFile(folder));
    expect(errors).toContain(message);
    expect(status).toBe(2);
    expect(deedsOf(folder.till)).toEqual([]);
  });

  test('a silent terminal is a warning only', async () => {
    folder.till.presence = { at: 'silent' };
    const { status, output } = await run(answersFile(folder));
    expect(status).toBe(0);
    expect(output).toContain('The terminal on COM1 does not answer. The setup goes on');
  });
});

describe('what fails', () => {
  test('an installation: status 1', async () => {
    folder.till.installFails = 'the disk is gone';
    const { status, errors, output } = await run(answersFile(folder));
    expect([status, errors]).toEqual([1, 'The installation failed: the disk is gone\n']);
    expect(output).not.toContain('success');
  });

  test('a removal: status 1', async () => {
    folder.till.removalFails = 'the disk is gone';
    const { status, errors } = await run(['--uninstall', '--folder', 'connector']);
    expect([status, errors]).toEqual([1, 'The connector could not be removed: the disk is gone\n']);
  });

  test('a start: status 1, and where it is said why', async () => {
    Object.assign(folder.till, { startFails: true, notes: ['Port 3001 was taken meanwhile.'] });
    const { status, errors, output } = await run(answersFile(folder));
    expect(status).toBe(1);
    expect(output).toContain('Port 3001 was taken meanwhile.');
    expect(errors).toContain('could not be started');
  });
});
