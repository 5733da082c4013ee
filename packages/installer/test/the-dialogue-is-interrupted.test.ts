import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { asked } from './support/asked-till.ts';
import { folder } from './support/each-till.ts';
import { CTRL_C, CTRL_D, deedsOf } from './support/run-setup.ts';

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
