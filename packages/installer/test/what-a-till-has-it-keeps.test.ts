import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { answersFile, answersText } from './support/answers.ts';
import { values } from './support/asked-till.ts';
import { folder, run } from './support/each-till.ts';
import { setupAtTerminal } from './support/run-setup.ts';

// What an earlier setup took, and today's would refuse: a till that is set up again must not stand still for it.
const had = { serial_number: 'N°12', serial_port: '/dev/odd' };

beforeEach(() => {
  const config = answersText(folder, { folder: null, ...had });
  folder.till.earlier = { [join(folder.root, 'connector')]: { config } };
  folder.till.noSerialPorts = [had.serial_port];
  folder.till.presence = { at: 'not_serial' };
});

test('without a terminal it goes on with what it has, and is warned', async () => {
  const { status, output, errors } = await run(['--yes']);
  expect([status, errors]).toEqual([0, '']);
  expect(values()).toMatchObject(had);
  expect(output).toContain('/dev/odd');
});

test('Enter keeps it, and another that is none is refused all the same', async () => {
  const setup = setupAtTerminal(folder.till);
  await setup.answers('? Select the installation folder.', '');
  await setup.answers('? Which serial port is connected', '');
  await setup.answers('? Enter the payment terminal serial number (N°12)', 'N°13');
  await setup.sees('> Expected: the serial number of the terminal: 1 to 64 digits, letters');
  setup.type('\u0015');
  for (const question of [
    'Enter the payment terminal serial number (N°12)',
    'Select the local port for the API (3001)',
    'local API username (log)',
    'local API password (Enter keeps the present one)',
    'Running environment',
    'Authorization Threshold (3)',
    'When to update the application (06:15)',
    'What type of contract do you have ?',
    'Enter your payment_application',
    'Enter your merchant ID',
    'Enter the terminal rank',
  ]) {
    await setup.answers(`? ${question}`, '');
  }
  expect(await setup.ended()).toBe(0);
  expect(values()).toMatchObject(had);
});

test('an option and a file of answers are asked as strictly as a person', async () => {
  const { status, errors } = await run(['--yes', '--serial-number', 'N°13']);
  expect(status).toBe(2);
  expect(errors).toContain('--serial-number: found "N°13", expected the serial number of the terminal: 1 to 64');
  const inFile = await run(answersFile(folder, { serial_number: 'N°13' }));
  expect(inFile.status).toBe(2);
  expect(inFile.errors).toMatch(/answers\.yml:\d+:16: serial_number: found "N°13", expected .*: 1 to 64/);
});
