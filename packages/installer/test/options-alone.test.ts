import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { answersFile } from './support/answers.ts';
import { folder, run } from './support/each-till.ts';
import { deedsOf } from './support/run-setup.ts';

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
