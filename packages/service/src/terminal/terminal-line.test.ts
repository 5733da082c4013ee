import { describe, expect, test } from '@jest/globals';
import { DEVICE, NOT_THERE, TerminalOnWire } from '../../test/support/terminal-on-wire.ts';
import { allowed, ask, count, simulated } from '../../test/support/wired-terminal.ts';

describe('the line', () => {
  test('absent at start: known at once, tried again less and less often, and found when it is there', async () => {
    const wire = new TerminalOnWire();
    await wire.terminal.start();
    expect(wire.terminal.health()).toEqual({ state: 'absent', port: 'auto', detail: NOT_THERE, inSession: false });
    expect(await ask(wire, 1_000, allowed, 0)).toEqual({
      delivered: false,
      reached: 'no',
      reason: 'absent',
      detail: NOT_THERE,
    });
    await wire.pass(40_000);
    expect(wire.attemptsMs).toEqual([0, 0, 500, 1_500, 3_500, 8_500, 18_500, 28_500, 38_500]);
    expect(wire.log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
    wire.plugIn();
    await wire.pass(10_000);
    expect(wire.states).toEqual(['absent', 'open']);
  });

  test('unplugged while the customer pays: found again, and the answer still comes', async () => {
    const { wire } = await simulated();
    expect(await ask(wire, 10_004, allowed, 5_000)).toEqual({ delivered: true });
    wire.unplug();
    expect(wire.terminal.health()).toMatchObject({
      state: 'absent',
      detail: expect.stringContaining('the device hung up'),
    });
    await wire.pass(4_000);
    wire.plugIn();
    await wire.pass(30_000);
    expect(wire.answers).toHaveLength(1);
    expect(wire.answers[0]).toMatchObject({ afterOurFrame: true, reading: { stat: '0', amountMinor: 10_004 } });
    expect(wire.states).toEqual(['open', 'asked', 'absent', 'absent', 'asked', 'connected']);
  });

  test('stopped: it is closed and stays so', async () => {
    const { wire, events } = await simulated();
    wire.terminal.stop();
    await wire.pass(600_000);
    expect(wire.attemptsMs).toHaveLength(1);
    expect(count(events, 'presence_tested')).toBe(0);
    expect(await ask(wire, 1_000, allowed, 0)).toMatchObject({ reason: 'absent' });
  });

  test('stopped while it is being opened: what opens afterwards is closed', async () => {
    let closed = false;
    let open = () => {};
    const wire = new TerminalOnWire({
      openLine: () =>
        new Promise((resolve) => {
          open = () => resolve({ device: DEVICE, line: { write() {}, close: () => (closed = true) } });
        }),
    });
    const started = wire.terminal.start();
    expect(wire.terminal.health().state).toBe('opening');
    wire.terminal.stop();
    open();
    await started;
    expect(closed).toBe(true);
  });
});

describe('a device of seven bits on a port of eight', () => {
  test('is paid on in its own format, which is remembered, over an unplugging too', async () => {
    const { wire, device, events } = await simulated();
    device.next('seven-bits', 'seven-bits', 'seven-bits');
    expect(await ask(wire, 1_000)).toEqual({ delivered: true });
    expect(count(events, 'request_refused')).toBe(2);
    expect(await ask(wire, 1_100)).toEqual({ delivered: true });
    wire.unplug();
    wire.plugIn();
    await wire.pass(5_000);
    expect(await ask(wire, 1_200)).toEqual({ delivered: true });
    expect(count(events, 'request_refused')).toBe(2);
    expect(wire.answers.map((answer) => answer.reading?.amountMinor)).toEqual([1_000, 1_100, 1_200]);
    expect(wire.log.lines.filter((line) => line.includes('speaks 7E1'))).toHaveLength(1);
  });
});
