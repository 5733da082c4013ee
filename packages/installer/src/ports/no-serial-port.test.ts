import { mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawn } from '@lydell/node-pty';
import { type MadeUpMachine, madeUpMachine } from '../../test/support/made-up-machine.ts';
import { isNoSerialPort } from './no-serial-port.ts';

let machine: MadeUpMachine;
beforeEach(() => {
  machine = madeUpMachine();
});
afterEach(() => machine.remove());

test('a file and a folder are none; what is not there yet may become one', async () => {
  machine.file('dev/ttyACM0', 'a file');
  expect(await isNoSerialPort('/dev/ttyACM0', machine)).toBe(true);
  expect(await isNoSerialPort('/dev', machine)).toBe(true);
  expect(await isNoSerialPort('/dev/ttyACM1', machine)).toBe(false);
});

test.each(['auto', 'COM3', 'tcp://localhost:9'])('%s is no path', async (name) => {
  machine.file(name.replaceAll('/', ''), '');
  expect(await isNoSerialPort(name, machine)).toBe(false);
});

// The kernel's own numbers of these devices, wherever its list of them can be seen.
test.each(['/dev/null', '/dev/tty', '/dev/urandom'])('%s is a device of another kind', async (path) => {
  expect(await isNoSerialPort(path, { platform: 'linux', root: '/' })).toBe(true);
});

test('a pseudo-terminal, as the simulated terminal has, may be one', async () => {
  const shell = spawn('/bin/sh', ['-c', 'tty; read -r _'], {});
  try {
    const path = await new Promise<string>((resolve) => shell.onData((text) => resolve(text.trim())));
    expect(statSync(path).isCharacterDevice()).toBe(true);
    expect(await isNoSerialPort(path, { platform: 'linux', root: '/' })).toBe(false);
  } finally {
    shell.kill();
  }
});

test.each([
  ['ttyUSB0', 'devices/pci0000:00/usb1/1-1/1-1:1.0/ttyUSB0/tty/ttyUSB0', false],
  ['ttyS0', 'devices/platform/serial8250/tty/ttyS0', false],
  ['rfcomm0', 'devices/virtual/tty/rfcomm0', false],
  ['tty1', 'devices/virtual/tty/tty1', true],
  ['console', 'devices/virtual/tty/console', true],
  ['watchdog', 'devices/virtual/misc/watchdog', true],
])('%s, by its place among the devices: no port is %p', async (_name, device, isNone) => {
  // Only root makes devices: this one stands for it by its numbers, in a tree that says what they are.
  machine.file(`sys/${device}/uevent`, '');
  machine.link('sys/dev/char/1:3', `sys/${device}`);
  mkdirSync(join(machine.root, 'dev'));
  symlinkSync('/dev/null', join(machine.root, 'dev/port'));
  expect(await isNoSerialPort('/dev/port', machine)).toBe(isNone);
});

test('on Windows nothing is looked at', async () => {
  machine.file('dev', '');
  expect(await isNoSerialPort('/dev', { ...machine, platform: 'win32' })).toBe(false);
});
