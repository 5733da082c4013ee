import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { answersFile, answersText } from './support/answers.ts';
import { asked, SUCCESS, values } from './support/asked-till.ts';
import { folder } from './support/each-till.ts';
import { deedsOf, ENTER, setupAtTerminal } from './support/run-setup.ts';

describe('a wrong answer: the prompt says what is expected, and keeps what was typed', () => {
  // What is typed after the refusal only makes it right: the rest was kept.
  test.each([
    ['local_port', 'Select the local port', 'x300', '\u0001\u0004', 'a port number from 1 to 65535', '300'],
    [
      'update_time',
      'When to update',
      '6:15',
      '\u00010',
      'a time from 00:00 to 23:59, written HH:MM, such as 03:00',
      '06:15',
    ],
    ['authorization_threshold', 'Authorization Threshold', '100.', '5', 'an amount from 0 to 999999.99', '100.5'],
    ['hipay_login', 'Enter your HiPay username', 'a:', '\u007f', 'the HiPay username', 'a'],
    ['serial_port', 'Which serial port', 'tcp://h', ':1', 'a device path such as /dev/ttyACM0', 'tcp://h:1'],
    ['api_password', 'local API password', ' ', 'x', 'the password of the local interface', ' x'],
  ])('%s', async (key, question, typed, correction, expected, answer) => {
    const setup = asked(key);
    await setup.answers(`? ${question}`, typed);
    await setup.sees(`> Expected: ${expected}`);
    setup.type(correction + ENTER);
    await setup.sees(SUCCESS);
    expect(setup.screen()).not.toContain('Expected');
    expect(await setup.ended()).toBe(0);
    expect(values()).toMatchObject({ [key]: answer });
  });

  test.each([
    [
      'Enter your merchant ID for proxy',
      '123456',
      '7',
      'the merchant ID: 7 digits or letters',
      'merchant_id',
      '1234567',
    ],
    ['Enter your payment_application for proxy', '00', 'B', 'the payment application: 3', 'payment_application', '00B'],
    ['Enter the terminal rank for proxy', '01', '\u00010', 'the rank of the terminal: 3', 'rank', '001'],
  ])('%s', async (question, typed, correction, expected, key, answer) => {
    const parts = { payment_application: '001', merchant_id: '1234567', rank: '001' };
    const others = Object.entries(parts).filter(([name]) => name !== key);
    const contract = `{ proxy: { ${others.map(([name, value]) => `${name}: ${value}`).join(', ')} } }`;
    const setup = setupAtTerminal(folder.till, answersFile(folder, { contract }));
    await setup.sees('We will now enter your contracts details');
    await setup.answers(`? ${question}`, typed);
    await setup.sees(`> Expected: ${expected}`);
    setup.type(correction + ENTER);
    expect(await setup.ended()).toBe(0);
    expect(values()).toMatchObject({ [`contract.proxy.${key}`]: answer });
  });

  test('a port that another program holds', async () => {
    folder.till.portsInUse = [3001];
    const setup = asked('local_port');
    await setup.answers('? Select the local port', '3001');
    await setup.sees('> Port 3001 is in use by another program; 8888 is free');
    setup.type(`1${ENTER}`);
    expect(await setup.ended()).toBe(0);
    expect(values()).toMatchObject({ local_port: '30011' });
  });

  test.each([
    ['is told, and asked for instead', [], 0],
    ['is told, and with --yes no one is asked', ['--yes'], 2],
  ])('one that was given and that another program holds %s', async (_what, options, status) => {
    folder.till.portsInUse = [3001];
    const setup = setupAtTerminal(folder.till, [...answersFile(folder), ...options]);
    if (status === 0) {
      await setup.sees('answers.yml: Port 3001 is in use by another program; 8888 is free');
      await setup.answers('? Select the local port for the API (8888)', '');
    }
    expect(await setup.ended()).toBe(status);
    expect(setup.screen()).toContain('Port 3001 is in use by another program');
    expect(setup.screen().includes('Installing HiPay ECR Connector...')).toBe(status === 0);
    if (status === 0) expect(values()).toMatchObject({ local_port: '8888' });
    else expect(deedsOf(folder.till)).toEqual([]);
  });

  test('a folder that is none', async () => {
    const file = join(folder.root, 'file');
    writeFileSync(file, '');
    const setup = asked('folder');
    await setup.answers('? Select the installation folder.', 'connector');
    await setup.sees(`> Expected: a whole path, such as ${join(folder.root, 'connector')}`);
    setup.type(`\u0015${join(file, 'in it')}${ENTER}`);
    await setup.sees(`> ${file} is a file, not a folder`);
    setup.type(`\u0015~/till${ENTER}`);
    expect(await setup.ended()).toBe(0);
    expect(deedsOf(folder.till)[0]?.plan).toMatchObject({ folder: join(folder.root, 'till') });
  });
});

test('a second run offers the earlier answers, the password unseen', async () => {
  const place = join(folder.root, 'connector');
  const config = answersText(folder, {
    folder: null,
    contract: '{ nfc: { payment_application: 00B, merchant_id: 7654321, rank: 002 } }',
  });
  folder.till.earlier = { [place]: { config, runningPort: 3001 } };
  folder.till.portsInUse = [3001];
  const setup = setupAtTerminal(folder.till);
  for (const question of [
    `Select the installation folder. (${place})`,
    'Which serial port is connected to the payment terminal ?',
    'Enter the payment terminal serial number (SN_123)',
    'Select the local port for the API (3001)',
    'local API username (log)',
    'local API password (Enter keeps the present one)',
    'Running environment',
    'Authorization Threshold (3)',
    'When to update the application (06:15)',
    'What type of contract do you have ?',
    'Enter your payment_application for NFC (00B)',
    'Enter your merchant ID for NFC (7654321)',
    'Enter the terminal rank for NFC (002)',
  ]) {
    await setup.answers(`? ${question}`, '');
  }
  await setup.sees('The service tp-manager has been started');
  expect(setup.screen()).toContain('? local API password [hidden]\n');
  expect(await setup.ended()).toBe(0);
  expect(values()).toMatchObject({
    hipay_password: 'Test_1234567',
    serial_port: 'COM1',
    local_port: '3001',
    api_password: 'till secret',
    environment: 'prod',
    'contract.nfc.merchant_id': '7654321',
  });
});

test('a folder that turns out to hold an installation brings its answers', async () => {
  const place = join(folder.root, 'other');
  folder.till.earlier = { [place]: { config: answersText(folder, { folder: null }) } };
  const setup = asked('folder', 'serial_number', 'api_password');
  await setup.answers('? Select the installation folder.', place);
  await setup.answers('? Enter the payment terminal serial number (SN_123)', '');
  await setup.answers('? local API password (Enter keeps the present one)', 'new');
  expect(await setup.ended()).toBe(0);
  expect(values()).toMatchObject({ serial_number: 'SN_123', api_password: 'new' });
});

test('what is waited for meanwhile stands in a line of its own, and stays', async () => {
  folder.till.saysMeanwhile = 'A payment is waited for.';
  const setup = asked();
  expect(await setup.ended()).toBe(0);
  expect(setup.screen()).toContain(
    'Installing HiPay ECR Connector...\nA payment is waited for.\nInstallation completed',
  );
});

test('on Windows, --yes waits for no key', async () => {
  folder.till.platform = 'win32';
  const setup = setupAtTerminal(folder.till, [...answersFile(folder), '--yes']);
  expect(await setup.ended()).toBe(0);
  expect(setup.screen()).toContain('The service tp-manager has been started');
  expect(setup.screen()).not.toContain('Press');
  expect(deedsOf(folder.till).map(({ act }) => act)).toEqual(['install']);
});
