import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { answersFile } from './support/answers.ts';
import { configFile, folder, plan, run } from './support/each-till.ts';
import { deedsOf, setupInPipe } from './support/run-setup.ts';

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
    const written = readFileSync(configFile(), 'utf8');
    expect(written).toContain('api_password: "till secret"');
    expect(written).toContain('pos_number: "07"');
    expect(written).not.toContain('nfc:');
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
