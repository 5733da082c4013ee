import { describe, expect, test } from '@jest/globals';
import type { DeviceIdentity } from '../payments/fact.ts';
import { onlyExpectedDevice } from './only-expected-device.ts';
import type { OpenLine } from './open-line.ts';

const settings = { serialPort: 'auto', line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } } as const;
const listener = { bytes() {}, closed() {} };

/** A machine on whose port this device is found. */
function machineWith(identity: string): { open: OpenLine; closed: () => number } {
  let closed = 0;
  const line = { write() {}, close: () => void closed++ };
  return { open: async () => ({ line, device: { port: '/dev/ttyACM0', identity } }), closed: () => closed };
}

describe('rule 10: the device that was asked', () => {
  const asked: DeviceIdentity = { port: '/dev/ttyACM0', identity: 'usb-A' };

  test('is opened', async () => {
    const { open } = machineWith('usb-A');
    const opened = await onlyExpectedDevice(open, () => asked)(settings, listener);
    expect(opened.device.identity).toBe('usb-A');
  });

  test('another one on the old name is closed again: 1004, naming both', async () => {
    const { open, closed } = machineWith('usb-B');
    await expect(onlyExpectedDevice(open, () => asked)(settings, listener)).rejects.toMatchObject({
      code: '1004',
      message: expect.stringMatching(/usb-B.*usb-A/),
    });
    expect(closed()).toBe(1);
  });

  test('is looked for by what it is, also by a process that never had it open', async () => {
    const lookedFor: unknown[] = [];
    const open: OpenLine = (wanted, heard) => {
      lookedFor.push(wanted.lastIdentity);
      return machineWith('usb-A').open(wanted, heard);
    };
    await onlyExpectedDevice(open, () => asked)(settings, listener);
    await onlyExpectedDevice(open, () => undefined)({ ...settings, lastIdentity: 'usb-C' }, listener);
    expect(lookedFor).toEqual(['usb-A', 'usb-C']);
  });

  test('any is taken where no answer is awaited', async () => {
    const { open } = machineWith('usb-B');
    await expect(onlyExpectedDevice(open, () => undefined)(settings, listener)).resolves.toBeDefined();
  });
});
