import { afterEach, describe, expect, test } from '@jest/globals';
import { type MadeUpMachine, madeUpMachine } from '../../test/support/made-up-machine.ts';
import { findPort } from './find-port.ts';
import type { ListedPort } from './port-world.ts';

const TELIUM = { name: 'ttyACM0', vendorId: '079b', productId: '0028', byId: 'usb-079b_0028-if00' };
const PHONE = { name: 'ttyACM1', vendorId: '18d1', productId: '4ee7', serial: 'F00' };

let machine: MadeUpMachine;
afterEach(() => machine.remove());

describe('on Linux, without udevadm', () => {
  test('the name under by-id is the identity, however the port is written', async () => {
    machine = madeUpMachine();
    machine.plugIn(TELIUM);
    machine.link('dev/payment', 'dev/ttyACM0');
    for (const path of ['/dev/ttyACM0', '/dev/serial/by-id/usb-079b_0028-if00', '/dev/payment']) {
      expect(await findPort(path, machine)).toEqual({
        kind: 'serial',
        path,
        device: { port: path, identity: 'usb-079b_0028-if00' },
      });
    }
  });

  test.each([
    ['a modem-class device with a serial number', { ...PHONE }, '18d1:4ee7:F00'],
    ['a bridge, whose USB device is one level further up', { ...PHONE, name: 'ttyUSB3' }, '18d1:4ee7:F00'],
    ['a device without a serial number', { name: 'ttyACM7', vendorId: '0b00', productId: '0060' }, '0b00:0060'],
    ['a device of which nothing is known', { name: 'ttyUSB0' }, '/dev/ttyUSB0'],
  ])('without by-id the USB identity counts: %s', async (_what, device, identity) => {
    machine = madeUpMachine();
    machine.plugIn(device);
    const path = `/dev/${device.name}`;
    expect((await findPort(path, machine)).device).toEqual({ port: path, identity });
  });

  test('a pseudo-terminal is its path', async () => {
    machine = madeUpMachine();
    machine.file('dev/pts/4', '');
    const target = await findPort('/dev/pts/4', machine);
    expect(target).toEqual({
      kind: 'serial',
      path: '/dev/pts/4',
      device: { port: '/dev/pts/4', identity: '/dev/pts/4' },
    });
  });

  test('a port with a by-id name is seen whatever its driver calls it', async () => {
    machine = madeUpMachine();
    machine.plugIn({ name: 'ttyXRUSB0', byId: 'usb-Exar-if00' });
    expect((await findPort('/dev/ttyXRUSB0', machine)).device.identity).toBe('usb-Exar-if00');
  });

  test('auto takes the one terminal among other devices', async () => {
    machine = madeUpMachine();
    machine.plugIn(PHONE);
    machine.plugIn({ ...TELIUM, name: 'ttyACM3' });
    const target = await findPort('auto', machine);
    expect(target.device).toEqual({ port: '/dev/ttyACM3', identity: 'usb-079b_0028-if00' });
  });

  test('rule 10: auto refuses to choose between two, and names both', async () => {
    machine = madeUpMachine();
    machine.plugIn(TELIUM);
    machine.plugIn({ name: 'ttyACM2', vendorId: '0b00', productId: '0081', serial: '123' });
    await expect(findPort('auto', machine)).rejects.toMatchObject({
      code: '1004',
      message:
        'several devices look like a payment terminal: /dev/ttyACM0 (Ingenico Telium, usb-079b_0028-if00), ' +
        '/dev/ttyACM2 (Ingenico, 0b00:0081:123); name one in serial_port',
    });
  });

  test('auto without a terminal says what is plugged in', async () => {
    machine = madeUpMachine();
    await expect(findPort('auto', machine)).rejects.toThrow('No serial device is plugged in at all.');
    machine.plugIn(PHONE);
    await expect(findPort('auto', machine)).rejects.toThrow('Plugged in: /dev/ttyACM1 (18d1:4ee7:F00).');
  });

  test('a device that came back under another number is found by its identity, and no other in its place', async () => {
    machine = madeUpMachine();
    machine.plugIn({ ...TELIUM, name: 'ttyACM1' });
    machine.plugIn({ ...PHONE, name: 'ttyACM2' });
    const target = await findPort('/dev/ttyACM0', machine, 'usb-079b_0028-if00');
    expect(target).toMatchObject({ path: '/dev/ttyACM1', device: { port: '/dev/ttyACM1' } });
    await expect(findPort('/dev/ttyACM0', machine, '0b00:0060')).rejects.toThrow('/dev/ttyACM0 is not there');
    await expect(findPort('/dev/ttyACM0', machine)).rejects.toThrow('/dev/ttyACM0 is not there');
  });

  test('its old name is another device now: the one that is known is preferred, and only that', async () => {
    machine = madeUpMachine();
    machine.plugIn({ ...PHONE, name: 'ttyACM0' });
    machine.plugIn({ ...TELIUM, name: 'ttyACM1' });
    const known = await findPort('/dev/ttyACM0', machine, 'usb-079b_0028-if00');
    expect(known).toMatchObject({ path: '/dev/ttyACM1', device: { identity: 'usb-079b_0028-if00' } });
    const unknown = await findPort('/dev/ttyACM0', machine, '0b00:0060');
    expect(unknown).toMatchObject({ path: '/dev/ttyACM0', device: { identity: '18d1:4ee7:F00' } });
  });

  test('a port that is itself a link to something else is the same device under both names', async () => {
    machine = madeUpMachine();
    machine.plugIn({ ...TELIUM, opens: '/dev/null' });
    expect((await findPort('/dev/ttyACM0', machine)).device.identity).toBe('usb-079b_0028-if00');
  });

  test('two devices of the same identity are not guessed between', async () => {
    machine = madeUpMachine();
    machine.plugIn({ name: 'ttyACM1', vendorId: '0b00', productId: '0060' });
    machine.plugIn({ name: 'ttyACM2', vendorId: '0b00', productId: '0060' });
    await expect(findPort('/dev/ttyACM0', machine, '0b00:0060')).rejects.toThrow('/dev/ttyACM0 is not there');
  });

  test('COM3 is explained', async () => {
    machine = madeUpMachine();
    await expect(findPort('COM3', machine)).rejects.toThrow('COM3 is the name of a port on Windows');
  });
});

describe('on Windows', () => {
  const ports: ListedPort[] = [
    { path: 'COM1', pnpId: 'ACPI\\PNP0501\\1' },
    { path: 'COM12', vendorId: '079B', productId: '0028', pnpId: 'USB\\VID_079B&PID_0028\\5&2A' },
  ];
  const windows = () => madeUpMachine('win32', () => Promise.resolve(ports));

  test.each([
    ['COM12', 'COM12', 'USB\\VID_079B&PID_0028\\5&2A'],
    ['com1', 'COM1', 'ACPI\\PNP0501\\1'],
    ['COM7', 'COM7', 'COM7'],
    ['auto', 'COM12', 'USB\\VID_079B&PID_0028\\5&2A'],
  ])('%s opens %s as %s', async (serialPort, path, identity) => {
    machine = windows();
    expect(await findPort(serialPort, machine)).toEqual({ kind: 'serial', path, device: { port: path, identity } });
  });

  test('a path is explained', async () => {
    machine = windows();
    await expect(findPort('/dev/ttyACM0', machine)).rejects.toThrow('on Windows it is COM and a number');
  });
});

test('on macOS the USB identity comes from the list', async () => {
  const path = '/dev/tty.usbmodem1411';
  machine = madeUpMachine('darwin', async () => [{ path, vendorId: '079B', productId: '0028', serialNumber: '77' }]);
  machine.file(path.slice(1), '');
  expect((await findPort(path, machine)).device.identity).toBe('079b:0028:77');
  expect((await findPort('auto', machine)).device.port).toBe(path);
});

describe('over TCP', () => {
  test.each([
    ['tcp://192.168.1.7:8888', '192.168.1.7', 8888, '192.168.1.7:8888'],
    ['tcp://[::1]:9', '::1', 9, '::1:9'],
    ['TCP://localhost:4001/', 'localhost', 4001, 'localhost:4001'],
  ])('%s', async (serialPort, host, port, identity) => {
    machine = madeUpMachine();
    expect(await findPort(serialPort, machine)).toEqual({
      kind: 'tcp',
      host,
      port,
      device: { port: serialPort, identity },
    });
  });

  test.each(['tcp://host', 'tcp://host:0', 'tcp://host:70000', 'tcp://user@host:1', 'tcp://:1'])(
    '%s is refused',
    async (url) => {
      machine = madeUpMachine();
      await expect(findPort(url, machine)).rejects.toThrow(
        `serial_port is ${url}; a terminal on the network is written`,
      );
    },
  );
});
