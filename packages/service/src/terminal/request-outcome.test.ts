import { ACK, ENQ, NAK, STX } from '@hipay-ecr/shared/concert/control.ts';
import { describe, expect, test } from '@jest/globals';
import { requestOf, type TerminalOnWire } from '../../test/support/terminal-on-wire.ts';
import { allowed, ask, count, scripted, simulated } from '../../test/support/wired-terminal.ts';

describe('a request that does not arrive', () => {
  test('the terminal does not answer ENQ', async () => {
    const wire = await scripted(() => {});
    const outcome = await ask(wire, 1_000);
    expect(outcome).toMatchObject({ delivered: false, reached: 'no', reason: 'silent' });
    expect((outcome as { detail: string }).detail).toContain('press the red key on the terminal');
    expect(wire.terminal.health()).toMatchObject({ state: 'silent', port: '/dev/ttyACM0' });
  });

  test('the terminal answers ENQ with NAK', async () => {
    const wire = await scripted((byte, line) => byte === ENQ && line.write(Uint8Array.of(NAK)));
    expect(await ask(wire, 1_000)).toMatchObject({ reached: 'no', reason: 'busy' });
    expect(wire.terminal.health().state).toBe('connected');
  });

  test('the device refuses each transmission', async () => {
    const { wire, device } = await simulated();
    expect(await ask(wire, 10_009)).toMatchObject({
      delivered: false,
      reached: 'no',
      reason: 'refused',
      detail: expect.stringContaining('this device does not speak Concert E+ or the line format is wrong'),
    });
    expect(device.charges).toEqual([]);
  });

  test('nobody waits any more when the terminal has proved idle', async () => {
    const { wire, events } = await simulated();
    expect(await ask(wire, 1_000, () => Promise.resolve(false))).toMatchObject({ reached: 'no', reason: 'cancelled' });
    expect(count(events, 'request_taken')).toBe(0);
  });

  test('it is called back while ENQ is repeated', async () => {
    const wire = await scripted(() => {});
    wire.clock.after(4_000, () => wire.terminal.cancel());
    expect(await ask(wire, 1_000, allowed, 4_001)).toMatchObject({ reached: 'no', reason: 'cancelled' });
  });

  test.each([
    ['a currency without two decimals', { currency: 'JPY' }, 'currency: JPY found'],
    ['an amount beyond eight digits', { amountMinor: 100_000_000 }, 'amountMinor: 100000000 found'],
    ['a POS number of one digit', { posNumber: '1' }, 'posNumber: "1" found'],
    ['a token that is too long', { token: '01234567890' }, 'privateData: "01234567890" found'],
  ])('%s cannot be written, and the terminal hears nothing of it', async (_what, changes, detail) => {
    const heard: number[] = [];
    const wire = await scripted((byte) => heard.push(byte));
    wire.mayProbe = false;
    expect(await ask(wire, requestOf(1_000, changes))).toMatchObject({
      reached: 'no',
      reason: 'not_encodable',
      detail: expect.stringContaining(detail),
    });
    expect(heard).toEqual([]);
  });

  test('the line is lost before the frame', async () => {
    const { wire } = await simulated();
    const outcome = await ask(wire, 1_000, async () => {
      wire.unplug();
      return true;
    });
    expect(outcome).toMatchObject({
      reached: 'no',
      reason: 'absent',
      detail: expect.stringContaining('the device hung up'),
    });
  });

  test('the line is lost when the frame is out: it may have arrived', async () => {
    const wire: TerminalOnWire = await scripted((byte, line) => {
      if (byte === ENQ) line.write(Uint8Array.of(ACK));
      if (byte === STX) wire.unplug();
    });
    const outcome = await ask(wire, 1_000, allowed, 450);
    expect(outcome).toMatchObject({
      delivered: false,
      reached: 'maybe',
      detail: expect.stringContaining('was lost while'),
    });
  });

  test('the frame is not confirmed: it may have arrived', async () => {
    const wire = await scripted((byte, line) => byte === ENQ && line.write(Uint8Array.of(ACK)));
    const outcome = await ask(wire, 1_000);
    expect(outcome).toMatchObject({
      delivered: false,
      reached: 'maybe',
      detail: expect.stringContaining('did not confirm'),
    });
    expect(wire.terminal.health().state).toBe('asked');
  });
});
