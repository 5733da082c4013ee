import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { asked, values } from './support/asked-till.ts';
import { folder } from './support/each-till.ts';
import { CTRL_C, DOWN, ENTER, type SetupAtTerminal } from './support/run-setup.ts';

let file: string;
beforeEach(() => {
  file = join(folder.root, 'answers-now');
  folder.till.presenceAwaits = file;
});

async function typedAhead(keys: string, ...questions: string[]): Promise<SetupAtTerminal> {
  const setup = asked('serial_port', ...questions);
  await setup.answers('? Which serial port', 'COM1');
  await setup.sees('Asking the terminal on COM1');
  setup.type(keys);
  // The terminal has them once it shows them.
  await setup.sees('...ahead');
  writeFileSync(file, '');
  return setup;
}

test.each<[string, string, string, 'serial_number' | 'api_password']>([
  ['half a line, before a text', 'ahead', '? Enter the payment terminal serial number', 'serial_number'],
  ['a line and a half, before a text', 'ahead\rmore', '? Enter the payment terminal serial number', 'serial_number'],
  ['half a line, before a password', 'ahead', '? local API password', 'api_password'],
  ['a line and a half, before a password', 'ahead\rmore', '? local API password', 'api_password'],
])('%s: it is forgotten', async (_what, keys, question, key) => {
  const setup = await typedAhead(keys, key);
  await setup.answers(question, 'Own1');
  expect(await setup.ended()).toBe(0);
  expect(values()[key]).toBe('Own1');
});

test('Enter twice takes no choice that nobody has seen', async () => {
  const setup = await typedAhead('ahead\r\r', 'environment');
  await setup.sees('? Running environment');
  setup.type(`${DOWN}${ENTER}`);
  expect(await setup.ended()).toBe(0);
  expect(values().environment).toBe('prod');
});

test('Ctrl-C between two questions ends the setup, and is told that nothing was written', async () => {
  const setup = asked('serial_port', 'serial_number');
  await setup.answers('? Which serial port', 'COM1');
  await setup.sees('Asking the terminal on COM1');
  setup.type(CTRL_C);
  expect(await setup.ended()).toBe(130);
  expect(setup.screen()).toMatch(/Asking the terminal on COM1.*\nNothing was written\.\n$/);
});
