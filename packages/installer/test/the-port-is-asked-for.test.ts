import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { PluggedPort } from '../src/ports/plugged-port.ts';
import { answersText } from './support/answers.ts';
import { asked, SUCCESS, values } from './support/asked-till.ts';
import { folder } from './support/each-till.ts';
import { DOWN, ENTER } from './support/run-setup.ts';

const telium: PluggedPort = {
  path: '/dev/serial/by-id/usb-079b_0028-if00',
  device: '/dev/ttyACM0',
  usb: { vendorId: '079b', productId: '0028' },
  terminalMaker: 'Ingenico Telium',
};
const phone: PluggedPort = { path: '/dev/ttyACM1', device: '/dev/ttyACM1', product: 'Pixel' };

describe('the port of the terminal', () => {
  test('what is plugged in is offered, terminals first, and Enter takes the first', async () => {
    folder.till.ports = [[telium, phone]];
    const setup = asked('serial_port');
    await setup.sees('type a port');
    expect(
      setup
        .screen()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual(
      expect.arrayContaining([
        `> ${telium.path} (/dev/ttyACM0, Ingenico Telium, USB 079b:0028)`,
        '/dev/ttyACM1 (Pixel)',
        'auto (The one USB terminal, when it will be plugged in)',
        'Find it: unplug the terminal and plug it in again',
      ]),
    );
    setup.type(ENTER);
    await setup.sees(SUCCESS);
    expect(setup.screen()).toContain(`? Which serial port is connected to the payment terminal ? ${telium.path}\n`);
    expect(setup.screen()).not.toMatch(/Find it|Pixel|type a port/);
    expect(await setup.ended()).toBe(0);
    expect(values()).toMatchObject({ serial_port: telium.path });
  });

  test('the arrows choose another', async () => {
    folder.till.ports = [[telium, phone]];
    const setup = asked('serial_port');
    await setup.sees('type a port');
    setup.type(DOWN);
    await setup.sees('> /dev/ttyACM1');
    setup.type(ENTER);
    expect(await setup.ended()).toBe(0);
    expect(values()).toMatchObject({ serial_port: '/dev/ttyACM1' });
  });

  test('it is found by unplugging and plugging in', async () => {
    // Offered · unplugged · looked for, twice · offered again.
    folder.till.ports = [[phone, telium], [phone], [phone], [phone, telium]];
    const setup = asked('serial_port');
    await setup.sees('type a port');
    setup.type(`${DOWN}${DOWN}${DOWN}`);
    await setup.sees('> Find it');
    setup.type(ENTER);
    await setup.sees("Unplug the terminal's cable from this computer, then press Enter");
    setup.type(ENTER);
    await setup.sees(`> ${telium.path}`);
    expect(setup.screen()).not.toMatch(/Unplug|plug it in again, with/);
    setup.type(ENTER);
    await setup.sees(SUCCESS);
    expect(setup.screen().match(/Which serial port/g)).toHaveLength(1);
    expect(await setup.ended()).toBe(0);
    expect(values()).toMatchObject({ serial_port: telium.path });
  });

  test('where nothing new is plugged in, one gives up', async () => {
    folder.till.ports = [[phone]];
    const setup = asked('serial_port');
    await setup.sees('type a port');
    setup.type(`${DOWN}${DOWN}${ENTER}`);
    await setup.sees('Unplug the terminal');
    setup.type(ENTER);
    await setup.sees('Now plug it in again');
    setup.type(ENTER);
    await setup.sees('> Nothing new was plugged in.');
    setup.type(`COM7${ENTER}`);
    expect(await setup.ended()).toBe(0);
    expect(setup.screen()).not.toContain('Nothing new');
    expect(values()).toMatchObject({ serial_port: 'COM7' });
  });

  test('the presence test speaks only where it fails', async () => {
    folder.till.presence = { at: 'no_rights', group: 'dialout', userName: 'cashier', belongs: false };
    const setup = asked('serial_port', 'serial_number');
    await setup.answers('? Which serial port', '/dev/ttyACM0');
    await setup.sees('? Enter the payment terminal serial number');
    expect(setup.screen()).toContain(
      'cashier may not use /dev/ttyACM0, which belongs to the group dialout. Run this, then log in again:\n' +
        '  sudo usermod -a -G dialout cashier\n? Enter the payment',
    );
    setup.type(`1${ENTER}`);
    expect(await setup.ended()).toBe(0);
  });

  test('and is left out where the running service holds the port', async () => {
    const config = answersText(folder, { folder: null });
    folder.till.earlier = { [join(folder.root, 'connector')]: { config, runningPort: 3001 } };
    folder.till.presence = { at: 'in_use' };
    const setup = asked('serial_port');
    await setup.sees('> COM1');
    setup.type(ENTER);
    await setup.sees(SUCCESS);
    expect(setup.screen()).not.toContain('in use');
    expect(await setup.ended()).toBe(0);
  });
});
