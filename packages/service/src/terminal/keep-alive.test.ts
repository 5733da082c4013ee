import { describe, expect, test } from '@jest/globals';
import { allowed, ask, count, simulated } from '../../test/support/wired-terminal.ts';

describe('rule 10: the presence test', () => {
  test('comes once the line was silent for ten seconds, then every two minutes', async () => {
    const { wire, events } = await simulated();
    await wire.pass(9_999);
    expect([count(events, 'presence_tested'), wire.terminal.health().state]).toEqual([0, 'open']);
    await wire.pass(6_000);
    expect([count(events, 'presence_tested'), wire.terminal.health().state]).toEqual([1, 'connected']);
    await wire.pass(100_000);
    expect(count(events, 'presence_tested')).toBe(1);
    await wire.pass(600_000);
    expect(count(events, 'presence_tested')).toBe(6);
  });

  test('never comes while the centre forbids it', async () => {
    const { wire, events } = await simulated();
    wire.mayProbe = false;
    await wire.pass(600_000);
    expect(count(events, 'presence_tested')).toBe(0);
  });

  test('never comes while an answer is awaited, and one that never comes is awaited for so long only', async () => {
    const { wire, events } = await simulated();
    await ask(wire, 10_005, allowed, 179_000);
    expect([count(events, 'presence_tested'), wire.terminal.health().state]).toEqual([0, 'asked']);
    await wire.pass(20_000);
    expect(count(events, 'presence_tested')).toBe(1);
    expect(wire.terminal.health().state).toBe('connected');
  });

  test('tells that a terminal has gone silent, and when it was last heard', async () => {
    const { wire, device } = await simulated();
    await wire.pass(20_000);
    const heardAtMs = wire.terminal.health().lastHeardAtMs;
    device.next('busy');
    await wire.pass(130_000);
    expect(wire.terminal.health()).toMatchObject({ state: 'silent', lastHeardAtMs: heardAtMs });
  });

  test('a payment that comes meanwhile takes its ACK as the proof of idleness', async () => {
    const { wire, events } = await simulated();
    wire.mayProbe = false;
    await wire.pass(1_000);
    const probed = wire.terminal.probe();
    const outcome = await ask(wire, 1_000);
    expect(await probed).toBe('idle');
    expect(outcome).toEqual({ delivered: true });
    const lines = wire.terminal
      .takeTrace()()
      .map((line) => line.replace(/^\S+ /, ''));
    // The one ENQ is the probe's, from before the payment.
    expect(lines[0]).toBe('< ACK');
    expect(lines).not.toContain('> ENQ');
    expect(count(events, 'request_taken')).toBe(1);
  });
});
