import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { asked } from './support/asked-till.ts';
import { folder } from './support/each-till.ts';
import { CTRL_C, CTRL_D, deedsOf, type SetupAtTerminal, setupAtTerminal } from './support/run-setup.ts';

describe('an interruption: status 130, nothing written, and that is said', () => {
  async function isLeft(setup: SetupAtTerminal, key: string): Promise<void> {
    const before = readdirSync(folder.root, { recursive: true });
    setup.type(key);
    expect(await setup.ended()).toBe(130);
    expect(readdirSync(folder.root, { recursive: true })).toEqual(before);
    expect(before.filter((name) => name !== 'answers.yml')).toEqual([]);
    expect(deedsOf(folder.till)).toEqual([]);
  }

  test('Ctrl-C at the first question', async () => {
    const setup = setupAtTerminal(folder.till);
    await setup.sees('? Enter your HiPay username');
    await isLeft(setup, CTRL_C);
    expect(setup.screen()).toMatch(/\nNothing was written\.\n$/);
  });

  test.each([
    ['Ctrl-C at a text', 'Enter the payment terminal serial number', CTRL_C],
    ['Ctrl-C at a secret', 'local API password', CTRL_C],
    ['Ctrl-C at a choice', 'Running environment', CTRL_C],
    ['Ctrl-C at the port', 'Which serial port', CTRL_C],
    ['Ctrl-C at the last question', 'What type of contract', CTRL_C],
    ['Ctrl-D at a text', 'Enter the payment terminal serial number', CTRL_D],
  ])('%s', async (_what, question, key) => {
    const setup = asked('serial_number', 'api_password', 'environment', 'serial_port', 'contract');
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
    await isLeft(setup, key);
    if (key === CTRL_C) expect(setup.screen()).toMatch(/\nNothing was written\.\n$/);
  });

  test('in French', async () => {
    const setup = setupAtTerminal(folder.till, ['--language', 'fr']);
    await setup.sees('? ');
    await isLeft(setup, CTRL_C);
    expect(setup.screen()).toMatch(/\nRien n'a été écrit\.\n$/);
  });

  test('Ctrl-C at the last key leaves what is installed, and says that it has not been started', async () => {
    folder.till.platform = 'win32';
    const setup = asked();
    await setup.sees('Press a key to start the service tp-manager');
    setup.type(CTRL_C);
    expect(await setup.ended()).toBe(130);
    expect(deedsOf(folder.till).map(({ act }) => act)).toEqual(['install']);
    expect(setup.screen()).toMatch(/\nThe service tp-manager has not been started; .*launch\.cmd starts it\.\n$/);
    expect(setup.screen()).not.toContain('Nothing was written');
  });
});
