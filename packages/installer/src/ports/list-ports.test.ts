import { afterEach, expect, test } from '@jest/globals';
import { type MadeUpMachine, madeUpMachine } from '../../test/support/made-up-machine.ts';
import { findTarget } from './find-target.ts';
import { listPorts } from './list-ports.ts';
import { describePort } from './plugged-port.ts';

let machine: MadeUpMachine;
afterEach(() => machine.remove());

const TELIUM = { name: 'ttyACM1', vendorId: '079b', productId: '0028', byId: 'usb-079b_0028-if00' };

const described = async () => (await listPorts(machine)).map((port) => `${port.path} = ${describePort(port)}`);

test('on Linux, without udevadm: terminals first, then USB, then ports that are built in', async () => {
  machine = madeUpMachine();
  machine.plugIn({ name: 'ttyS0', type: 4 });
  machine.plugIn({ name: 'ttyUSB10', vendorId: '067b', productId: '2303', product: 'USB-Serial Controller' });
  machine.plugIn({ name: 'ttyUSB2', vendorId: '0B00', productId: '3070' });
  machine.plugIn({ name: 'ttyUSB9', vendorId: '067b', productId: '2303' });
  machine.plugIn(TELIUM);
  expect(await described()).toEqual([
    '/dev/serial/by-id/usb-079b_0028-if00 = /dev/ttyACM1, Ingenico Telium, USB 079b:0028',
    '/dev/ttyUSB2 = Ingenico, USB 0b00:3070',
    '/dev/ttyUSB9 = USB 067b:2303',
    '/dev/ttyUSB10 = USB-Serial Controller, USB 067b:2303',
    '/dev/ttyS0 = ',
  ]);
});

test('a port that the kernel made without hardware behind it is not offered', async () => {
  machine = madeUpMachine();
  machine.plugIn({ name: 'ttyS1', type: 0 });
  machine.plugIn({ name: 'ttyS2' });
  machine.plugIn({ name: 'tty1' });
  machine.file('dev/null', '');
  expect(await described()).toEqual([]);
});

test('a port with a stable name is seen whatever its driver calls it', async () => {
  machine = madeUpMachine();
  machine.plugIn({ name: 'ttyXRUSB0', byId: 'usb-Exar-if00' });
  expect(await described()).toEqual(['/dev/serial/by-id/usb-Exar-if00 = /dev/ttyXRUSB0']);
});

test('a machine without /dev/serial and /sys has no ports, and no error', async () => {
  machine = madeUpMachine();
  expect(await described()).toEqual([]);
});

test('on Windows the system tells', async () => {
  machine = madeUpMachine('win32', [
    { path: 'COM10', friendlyName: 'Bluetooth (COM10)' },
    { path: 'COM3', vendorId: '11CA', productId: '0219', manufacturer: 'Verifone' },
  ]);
  expect(await described()).toEqual(['COM3 = Verifone, USB 11ca:0219', 'COM10 = Bluetooth (COM10)']);
});

test('where it does not, nothing is offered, and anything can be typed', async () => {
  machine = madeUpMachine('win32');
  expect(await described()).toEqual([]);
});

test.each([
  ['COM3', 'linux', { kind: 'none', why: { at: 'other_system', platform: 'windows' } }],
  ['/dev/ttyACM0', 'win32', { kind: 'none', why: { at: 'other_system', platform: 'linux' } }],
  ['COM3', 'win32', { kind: 'serial', path: 'COM3' }],
  ['/dev/ttyACM0', 'linux', { kind: 'serial', path: '/dev/ttyACM0' }],
  ['tcp://10.0.0.5:8000', 'win32', { kind: 'tcp', host: '10.0.0.5', port: 8000 }],
  ['tcp://[::1]:8000', 'linux', { kind: 'tcp', host: '::1', port: 8000 }],
  ['auto', 'linux', { kind: 'none', why: { at: 'no_terminal' } }],
] as const)('%s on %s', async (serialPort, platform, target) => {
  machine = madeUpMachine(platform, []);
  expect(await findTarget(serialPort, machine)).toEqual(target);
});

test('auto is the one terminal among other devices, and does not choose between two', async () => {
  machine = madeUpMachine();
  machine.plugIn(TELIUM);
  machine.plugIn({ name: 'ttyUSB0', vendorId: '067b', productId: '2303' });
  expect(await findTarget('auto', machine)).toEqual({ kind: 'serial', path: '/dev/serial/by-id/usb-079b_0028-if00' });
  machine.plugIn({ name: 'ttyACM2', vendorId: '2fb8', productId: '1234' });
  const why = { at: 'several_terminals', ports: ['/dev/ttyACM1', '/dev/ttyACM2'] };
  expect(await findTarget('auto', machine)).toEqual({ kind: 'none', why });
});
