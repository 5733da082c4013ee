import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type MadeUpMachine, madeUpMachine } from '../../test/support/made-up-machine.ts';
import { openRealLine } from './open-line.ts';
import { portProblem } from './port-problem.ts';

const PATH = '/dev/ttyACM0';

let machine: MadeUpMachine;
beforeEach(() => {
  machine = madeUpMachine();
  machine.file('dev/readme', '');
});
afterEach(() => machine.remove());

/** Nobody can make up a character device, so a real one is lent to the made-up machine. */
function plugInCharacterDevice(group: string): void {
  symlinkSync('/dev/null', join(machine.root, PATH));
  machine.file('etc/group', `bin:x:99:\n${group}:x:${statSync('/dev/null').gid}:\n`);
}

const problem = (message: string) => portProblem(PATH, new Error(message), machine);

describe('without rights', () => {
  const denied = `Error: Permission denied, cannot open ${PATH}`;

  test('the group of the device and the whole command are named', async () => {
    plugInCharacterDevice('uucp');
    expect(await problem(denied)).toBe(
      'cashier may not use /dev/ttyACM0, which belongs to the group uucp: ' +
        'run "sudo usermod -a -G uucp cashier", then log in again',
    );
  });

  test('a group without a name is taken for the usual one', async () => {
    expect(await problem(denied)).toContain('sudo usermod -a -G dialout cashier');
  });

  test('nobody is put into the group root', async () => {
    plugInCharacterDevice('root');
    const sentence = await problem(denied);
    expect(sentence).toContain('by a udev rule');
    expect(sentence).not.toContain('usermod');
  });
});

describe('what serialport says is said in words', () => {
  test.each([
    ['Error Resource temporarily unavailable Cannot lock port', 'is in use by another program'],
    [`Error: Device or resource busy, cannot open ${PATH}`, 'is in use by another program'],
    ['Opening COM3: Access denied', 'is in use by another program'],
    ['Error: Inappropriate ioctl for device setting custom baud rate of 9600', 'is not a serial port'],
    [`Error: No such file or directory, cannot open ${PATH}`, 'is not there'],
    ['Opening COM3: File not found', 'is not there'],
    ['Error: Input/output error', 'cannot be opened: Input/output error'],
  ])('%s', async (message, words) => {
    plugInCharacterDevice('dialout');
    expect(await problem(message)).toContain(`${PATH} ${words}`);
  });
});

describe('the real serialport, on this machine', () => {
  const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
  const open = (serialPort: string) => openRealLine()({ serialPort, line }, { bytes() {}, closed() {} });

  test.each([
    ['/tmp', '/tmp is a directory, not a serial port: correct serial_port'],
    ['/etc/hostname', '/etc/hostname is not a serial port: correct serial_port'],
    ['/dev/null', '/dev/null is not a serial port: correct serial_port'],
    ['/dev/ttyACM99', '/dev/ttyACM99 is not there: is the terminal switched on and its cable plugged in?'],
  ])('%s', async (path, sentence) => {
    const rejection = await open(path).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(rejection).toMatchObject({ name: 'OperatingError', code: '1004' });
    expect((rejection as Error).message).toContain(sentence);
  });
});
