import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { TransferOutcome } from '@hipay-ecr/shared/concert/link-types.ts';
import { describeError } from '@hipay-ecr/shared/errors.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type MadeUpMachine, madeUpMachine } from '../../test/support/made-up-machine.ts';
import { findPort } from './find-port.ts';
import { onlyExpectedDevice } from './only-expected-device.ts';
import { portProblem } from './port-problem.ts';
import { requestOutcome } from './request-outcome.ts';
import { openTcpLine } from './tcp-line.ts';

const PATH = '/dev/ttyACM0';

/** Words of the English sentences; what is taken over as it is (paths, names, the system's own words) has none of them. */
const ENGLISH = /\b(the|is|are|not|and|was|it|with|which|be|in|this|that)\b/;

function isInFrench(detail: string | undefined): void {
  expect(detail).toMatch(ENGLISH);
  expect(describeError('1004', 'fr', { detail: detail as string, notSentBecause: 'absent' })).not.toMatch(ENGLISH);
}

const whyNot = (failing: Promise<unknown>): Promise<string> =>
  failing.then(
    () => expect(undefined).toBe('nothing'),
    (error: Error) => error.message,
  ) as Promise<string>;

let machine: MadeUpMachine;
beforeEach(() => {
  machine = madeUpMachine();
  machine.file('dev/readme', '');
});
afterEach(() => machine.remove());

describe('what a cashier is told of the terminal is French where the language is', () => {
  test.each(['silent', 'busy', 'collisions', 'cancelled', 'closed', 'refused'])('a request: %s', (reason) => {
    const outcome = { delivered: false, reached: 'no', reason } as TransferOutcome;
    const lost = `${PATH} is gone (EIO): is the terminal switched on and its cable plugged in?`;
    const said = requestOutcome(outcome, lost);
    isInFrench('detail' in said ? said.detail : undefined);
  });

  test.each([
    ['Cannot lock port', ''],
    ['Permission denied', 'uucp'],
    ['Permission denied', 'root'],
    ['Inappropriate ioctl for device', 'uucp'],
    ['No such file or directory', 'uucp'],
    ['EIO', 'uucp'],
  ])('a port that cannot be opened: %s %s', async (message, group) => {
    symlinkSync('/dev/null', join(machine.root, PATH));
    machine.file('etc/group', `${group}:x:${statSync('/dev/null').gid}:\n`);
    const problem = await portProblem(PATH, new Error(message), machine);
    if (message === 'EIO')
      expect(describeError('1004', 'fr', { detail: problem })).toContain('ne peut pas être ouvert : EIO');
    else isInFrench(problem);
  });

  test('a directory in its place', async () => isInFrench(await portProblem('/dev', new Error('EISDIR'), machine)));

  test.each(['tcp://nowhere', 'COM3', '/dev/ttyUSB9', 'auto'])('a port that there is not: %s', async (serialPort) => {
    isInFrench(await whyNot(findPort(serialPort, machine)));
    machine.plugIn({ name: 'ttyACM7', vendorId: '18d1', productId: '4ee7', serial: 'F00' });
    isInFrench(await whyNot(findPort(serialPort, machine)));
  });

  test('two terminals, and a path on Windows', async () => {
    for (const name of ['ttyACM0', 'ttyACM1'])
      machine.plugIn({ name, vendorId: '079b', productId: '0028', serial: name });
    isInFrench(await whyNot(findPort('auto', machine)));
    isInFrench(await whyNot(findPort(PATH, { ...machine, platform: 'win32' })));
  });

  test('a terminal on the network that is away, and another device', async () => {
    isInFrench(await whyNot(openTcpLine('127.0.0.1', 1, { bytes() {}, closed() {} })));
    const opens = async () => ({ line: { write() {}, close() {} }, device: { port: PATH, identity: 'another' } });
    const open = onlyExpectedDevice(opens, () => ({ port: PATH, identity: 'one' }));
    const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
    isInFrench(await whyNot(open({ serialPort: PATH, line }, { bytes() {}, closed() {} })));
  });
});
