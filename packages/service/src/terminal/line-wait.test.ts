import { ACK, ENQ, STX } from '@hipay-ecr/shared/concert/control.ts';
import { LINK_LIMITS } from '@hipay-ecr/shared/concert/link-limits.ts';
import { describe, expect, test } from '@jest/globals';
import { DEVICE, NOT_THERE, requestOf, TerminalOnWire } from '../../test/support/terminal-on-wire.ts';
import { allowed, ask, scripted, simulated } from '../../test/support/wired-terminal.ts';
import type { RequestOutcome } from '../payments/ports.ts';
import type { OpenedLine } from './open-line.ts';
import { terminalLimits } from './terminal-limits.ts';

const ABSENT = { delivered: false, reached: 'no', reason: 'absent', detail: NOT_THERE };

/** A line whose every opening but the first, which fails, goes as the test says. */
async function absent(): Promise<{
  wire: TerminalOnWire;
  open: () => void;
  wasClosed: () => boolean;
  written: number[];
}> {
  const written: number[] = [];
  let open: (() => void) | undefined;
  let attempts = 0;
  let closed = false;
  const line = { write: (bytes: Uint8Array) => void written.push(...bytes), close: () => (closed = true) };
  const wire = new TerminalOnWire({
    openLine: () => {
      if (attempts++ === 0) return Promise.reject(new Error(NOT_THERE));
      return new Promise<OpenedLine>((resolve) => {
        open = () => resolve({ line, device: DEVICE });
      });
    },
  });
  await wire.terminal.start();
  return { wire, open: () => open?.(), wasClosed: () => closed, written };
}

describe('a payment while the line is absent', () => {
  test('plugged in again during a long pause: it is opened at once, drained first, and the payment goes through', async () => {
    const enquiriesMs: number[] = [];
    let heardFrame = 0;
    const wire = await scripted((byte, line) => {
      if (byte === STX) heardFrame = 37;
      if (byte === ENQ) enquiriesMs.push(wire.clock.monotonicMs());
      if (byte === ENQ || (heardFrame > 0 && --heardFrame === 0)) line.write(Uint8Array.of(ACK));
    });
    await wire.pass(30_000);
    const idleEnquiries = enquiriesMs.length;
    wire.unplug();
    await wire.pass(20_000);
    wire.plugIn();
    const askedAtMs = wire.clock.monotonicMs();
    expect(await ask(wire, 1_000, allowed, 2_000)).toEqual({ delivered: true });
    expect(wire.attemptsMs.at(-1)).toBe(askedAtMs);
    expect(enquiriesMs[idleEnquiries]).toBeGreaterThanOrEqual(askedAtMs + LINK_LIMITS.drainMs);
  });

  test('an answer that is still owed is kept first', async () => {
    const { wire } = await simulated();
    expect(await ask(wire, 10_004, allowed, 5_000)).toEqual({ delivered: true });
    wire.unplug();
    await wire.pass(20_000);
    wire.plugIn();
    expect(await ask(wire, 1_100, allowed, 60_000)).toEqual({ delivered: true });
    expect(wire.answers.map(({ reading }) => reading?.amountMinor)).toEqual([10_004, 1_100]);
  });

  test('not plugged in: that is told once it was tried', async () => {
    const { wire } = await simulated();
    wire.unplug();
    await wire.pass(20_000);
    const attempts = wire.attemptsMs.length;
    expect(await ask(wire, 1_000, allowed, 0)).toEqual(ABSENT);
    expect(wire.attemptsMs).toHaveLength(attempts + 1);
  });

  test('an opening that hangs holds the till for no longer than its limit, and serves the next payment', async () => {
    const { wire, open, written } = await absent();
    expect(await ask(wire, 1_000, allowed, terminalLimits.openForRequestMs - 1)).toBeUndefined();
    await wire.pass(1);
    expect(await ask(wire, 1_000, allowed, terminalLimits.openForRequestMs)).toEqual(ABSENT);
    open();
    await wire.pass(LINK_LIMITS.drainMs * 2);
    expect(written).toEqual([]);
    await ask(wire, 1_000, allowed, 1);
    expect(written).toEqual([ENQ]);
  });

  test.each(['before it opens', 'as it opens'])(
    'given up %s: that ends the wait, and nothing is sent',
    async (when) => {
      const { wire, open, written } = await absent();
      let outcome: RequestOutcome | undefined;
      void wire.terminal.request(requestOf(1_000), allowed).then((ended) => (outcome = ended));
      await wire.pass(100);
      if (when === 'as it opens') {
        open();
        for (let turn = 0; turn < 50 && wire.terminal.health().state === 'absent'; turn++) await Promise.resolve();
        expect(wire.terminal.health().state).toBe('open');
      }
      wire.terminal.cancel();
      await wire.pass(0);
      expect(outcome).toMatchObject({ delivered: false, reached: 'no', reason: 'cancelled' });
      open();
      await wire.pass(60_000);
      expect(written.filter((byte) => byte === STX)).toEqual([]);
    },
  );

  test('stopped meanwhile: that ends the wait, and what opens afterwards is closed', async () => {
    const { wire, open, wasClosed, written } = await absent();
    let outcome: RequestOutcome | undefined;
    void wire.terminal.request(requestOf(1_000), allowed).then((ended) => (outcome = ended));
    await wire.pass(100);
    wire.terminal.stop();
    await wire.pass(0);
    expect(outcome).toMatchObject({ reason: 'absent', detail: 'the service is stopping' });
    open();
    await wire.pass(60_000);
    expect([wasClosed(), written]).toEqual([true, []]);
  });

  test('a second one beside it is a bug', async () => {
    const { wire } = await absent();
    void wire.terminal.request(requestOf(1_000), allowed);
    await expect(wire.terminal.request(requestOf(1_000), allowed)).rejects.toThrow('while it is being asked');
  });
});
