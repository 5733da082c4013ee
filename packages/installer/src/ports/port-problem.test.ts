import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type MadeUpMachine, madeUpMachine } from '../../test/support/made-up-machine.ts';
import { openProblem, portProblem } from './port-problem.ts';

let machine: MadeUpMachine;
beforeEach(() => {
  machine = madeUpMachine();
});
afterEach(() => machine.remove());

test.each([
  [
    'Error: Permission denied, cannot open /dev/ttyACM0',
    { at: 'no_rights', group: 'uucp', userName: 'cashier', belongs: false },
  ],
  ['Opening COM3: Access denied', { at: 'in_use' }],
  ['Error Resource temporarily unavailable Cannot lock port', { at: 'in_use' }],
  ['Error: Inappropriate ioctl for device, cannot open /dev/ttyACM0', { at: 'not_serial' }],
  ['Error: No such file or directory, cannot open /dev/ttyACM0', { at: 'no_such_port' }],
  ['Opening COM3: File not found', { at: 'no_such_port' }],
  ['Error: Input/output error', { at: 'cannot_open', why: 'Input/output error' }],
])('%s', async (message, expected) => {
  machine.plugIn({ name: 'ttyACM0' });
  const { gid } = statSync(join(machine.root, 'dev/ttyACM0'));
  machine.file('etc/group', `daemon:x:9999:\nuucp:x:${gid}:anna,cashier2\n`);
  expect(await openProblem('/dev/ttyACM0', message, machine)).toEqual(expected);
});

test('who belongs to the group already only has to log in again', async () => {
  machine.plugIn({ name: 'ttyACM0' });
  const { gid } = statSync(join(machine.root, 'dev/ttyACM0'));
  machine.file('etc/group', `uucp:x:${gid}:anna,cashier\n`);
  expect(await openProblem('/dev/ttyACM0', 'EACCES', machine)).toMatchObject({ group: 'uucp', belongs: true });
});

test('where the groups cannot be read, dialout is the likely one', async () => {
  expect(await openProblem('/dev/ttyACM0', 'EACCES', machine)).toMatchObject({ at: 'no_rights', group: 'dialout' });
});

test('what is no serial port is known before it is opened', async () => {
  machine.file('dev/ttyACM0', 'a file');
  expect(await portProblem('/dev/ttyACM0', machine)).toEqual({ at: 'not_serial' });
  expect(await portProblem('/dev', machine)).toEqual({ at: 'not_serial' });
  expect(await portProblem('/dev/ttyACM1', machine)).toEqual({ at: 'no_such_port' });
  expect(await portProblem('/dev/null', { ...machine, root: '/' })).toEqual({ at: 'not_serial' });
});
