import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PluggedPort } from '../src/ports/plugged-port.ts';
import { answersFile, answersText } from './support/answers.ts';
import { madeUpTill, type TillFolder } from './support/made-up-till.ts';
import { CTRL_C, CTRL_D, DOWN, deedsOf, ENTER, type SetupAtTerminal, setupAtTerminal } from './support/run-setup.ts';

const SUCCESS = 'Installation completed with success !';
const telium: PluggedPort = {
  path: '/dev/serial/by-id/usb-079b_0028-if00',
  device: '/dev/ttyACM0',
  usb: { vendorId: '079b', productId: '0028' },
  terminalMaker: 'Ingenico Telium',
};
const phone: PluggedPort = { path: '/dev/ttyACM1', device: '/dev/ttyACM1', product: 'Pixel' };

let folder: TillFolder;
beforeEach(() => {
  folder = madeUpTill();
});
afterEach(() => folder.remove());

/** A dialogue in which only these keys are asked for. */
function asked(...keys: string[]): SetupAtTerminal {
  return setupAtTerminal(folder.till, answersFile(folder, Object.fromEntries(keys.map((key) => [key, null]))));
}

const values = () => (deedsOf(folder.till)[0] as { plan: { values: Record<string, string> } }).plan.values;

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

describe('the port of the terminal', () => {
  test('what is plugged in is offered, terminals first, and Enter takes the first', async () => {
    folder.till.ports = [[telium, phone]];
    const setup = asked('serial_port');
    await setup.sees('type a port');
    expect(
      setup
        .screen()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(
      expect.arrayContaining([
        `> ${telium.path} (/dev/ttyACM0, Ingenico Telium, USB 079b:0028)`,
        '/dev/ttyACM1 (Pixel)',
        'auto (The one USB terminal, when it will be plugged in)',
        'Find it: unplug the terminal and plug it in again',
      ]),
    );
    setup.type(ENTER);
    await setup.sees(SUCCESS);
    expect(setup.screen()).toContain(`? Which serial port is connected to the payment terminal ? ${telium.path}\n`);
    expect(setup.screen()).not.toMatch(/Find it|Pixel|type a port/);
    expect(await setup.ended()).toBe(0);
    expect(values()).toMatchObject({ serial_port: telium.path });
  });

  test('the arrows choose another', async () => {
    folder.till.ports = [[telium, phone]];
    const setup = asked('serial_port');
    await setup.sees('type a port');
    setup.type(DOWN);
    await setup.sees('> /dev/ttyACM1');
    setup.type(ENTER);
    expect(await setup.ended()).toBe(0);
    expect(values()).toMatchObject({ serial_port: '/dev/ttyACM1' });
  });

  test('it is found by unplugging and plugging in', async () => {
    // Offered · unplugged · looked for, twice · offered again.
    folder.till.ports = [[phone, telium], [phone], [phone], [phone, telium]];
    const setup = asked('serial_port');
    await setup.sees('type a port');
    setup.type(`${DOWN}${DOWN}${DOWN}`);
    await setup.sees('> Find it');
    setup.type(ENTER);
    await setup.sees("Unplug the terminal's cable from this computer, then press Enter");
    setup.type(ENTER);
    await setup.sees(`> ${telium.path}`);
    expect(setup.screen()).not.toMatch(/Unplug|plug it in again, with/);
    setup.type(ENTER);
    await setup.sees(SUCCESS);
    expect(setup.screen().match(/Which serial port/g)).toHaveLength(1);
    expect(await setup.ended()).toBe(0);
    expect(values()).toMatchObject({ serial_port: telium.path });
  });

  test('where nothing new is plugged in, one gives up', async () => {
    folder.till.ports = [[phone]];
    const setup = asked('serial_port');
    await setup.sees('type a port');
    setup.type(`${DOWN}${DOWN}${ENTER}`);
    await setup.sees('Unplug the terminal');
    setup.type(ENTER);
    await setup.sees('Now plug it in again');
    setup.type(ENTER);
    await setup.sees('> Nothing new was plugged in.');
    setup.type(`COM7${ENTER}`);
    expect(await setup.ended()).toBe(0);
    expect(setup.screen()).not.toContain('Nothing new');
    expect(values()).toMatchObject({ serial_port: 'COM7' });
  });

  test('the presence test speaks only where it fails', async () => {
    folder.till.presence = { at: 'no_rights', group: 'dialout', userName: 'cashier', belongs: false };
    const setup = asked('serial_port', 'serial_number');
    await setup.answers('? Which serial port', '/dev/ttyACM0');
    await setup.sees('? Enter the payment terminal serial number');
    expect(setup.screen()).toContain(
      'cashier may not use /dev/ttyACM0, which belongs to the group dialout. Run this, then log in again:\n' +
        '  sudo usermod -a -G dialout cashier\n? Enter the payment',
    );
    setup.type(`1${ENTER}`);
    expect(await setup.ended()).toBe(0);
  });

  test('and is left out where the running service holds the port', async () => {
    const config = answersText(folder, { folder: null });
    folder.till.earlier = { [join(folder.root, 'connector')]: { config, runningPort: 3001 } };
    folder.till.presence = { at: 'in_use' };
    const setup = asked('serial_port');
    await setup.sees('> COM1');
    setup.type(ENTER);
    await setup.sees(SUCCESS);
    expect(setup.screen()).not.toContain('in use');
    expect(await setup.ended()).toBe(0);
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

describe('an interruption: status 130, nothing written', () => {
  test.each([
    ['Ctrl-C at a text', 'Enter the payment terminal serial number', CTRL_C],
    ['Ctrl-C at a secret', 'local API password', CTRL_C],
    ['Ctrl-C at a choice', 'Running environment', CTRL_C],
    ['Ctrl-C at the port', 'Which serial port', CTRL_C],
    ['Ctrl-D at a text', 'Enter the payment terminal serial number', CTRL_D],
  ])('%s', async (_what, question, key) => {
    const setup = asked('serial_number', 'api_password', 'environment', 'serial_port');
    const inOrder: [string, string][] = [
      ['Which serial port', 'COM1'],
      ['Enter the payment terminal serial number', '1'],
      ['local API password', 'x'],
      ['Running environment', ''],
    ];
    for (const [before, typed] of inOrder) {
      if (before === question) break;
      await setup.answers(`? ${before}`, typed);
    }
    await setup.sees(`? ${question}`);
    setup.type(key);
    expect(await setup.ended()).toBe(130);
    expect(existsSync(join(folder.root, 'connector'))).toBe(false);
    expect(deedsOf(folder.till)).toEqual([]);
  });

  test('Ctrl-C at the last key leaves what is installed', async () => {
    folder.till.platform = 'win32';
    const setup = asked();
    await setup.sees('Press a key to start the service tp-manager');
    setup.type(CTRL_C);
    expect(await setup.ended()).toBe(130);
    expect(deedsOf(folder.till).map(({ act }) => act)).toEqual(['install']);
  });
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
