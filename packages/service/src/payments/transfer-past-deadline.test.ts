import { describe, expect, test } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import type { RequestOutcome } from './ports.ts';
import { settle } from './settle.fixture.ts';
import { stalls } from './stalled-disk.fixture.ts';

const TIMEOUT_MS = 180_000;
const REFUSED = { delivered: false, reached: 'no', reason: 'refused', detail: 'three NAKs' } as const;

/** The disk went on shortly before the deadline, the frame went out, and its transfer does not end. */
async function frameOutLate() {
  const centre = new Centre({ settings: { paymentTimeoutMs: TIMEOUT_MS } });
  const disk = stalls(centre.journal, 'append');
  centre.terminal.transfers = true;
  const result = await centre.ask();
  await centre.pass(TIMEOUT_MS - 500);
  await disk.goOn();
  expect(centre.terminal.frames).toHaveLength(1);
  await centre.pass(500);
  const endAs = async (outcome?: Extract<RequestOutcome, { delivered: false }>) => {
    centre.terminal.failsAfterFrame = outcome;
    centre.terminal.endTransfer();
    await settle();
    centre.terminal.failsAfterFrame = undefined;
  };
  return { centre, result, endAs };
}

describe('I9: the frame is out shortly before the deadline, and its transfer goes on past it', () => {
  test('the till is told in time that nobody knows, as the journal says', async () => {
    const { centre, result } = await frameOutLate();
    await centre.pass(centreLimits.sessionGraceMs - 1);
    expect(heard(result)).toBe('waits');
    await centre.pass(1);
    expect(heard(result)).toBe('unknown 1001');
    expect(await centre.payment()).toMatchObject({ state: 'unknown', code: '1001' });
  });

  test('what goes on is not sent again, once nobody waits for it (rule 3)', async () => {
    const { centre } = await frameOutLate();
    await centre.pass(centreLimits.sessionGraceMs - 1);
    expect(centre.terminal.isLeftOff).toBe(false);
    await centre.pass(1);
    expect(centre.terminal.isLeftOff).toBe(true);
  });

  test('a disk that takes its time to write that works all the same: no 1108', async () => {
    const { centre, result } = await frameOutLate();
    const disk = stalls(centre.journal, 'append');
    await centre.pass(centreLimits.tillGraceMs - 1);
    expect(heard(result)).toBe('waits');
    await disk.goOn();
    expect(heard(result)).toBe('unknown 1001');
  });

  test('one that does not write it in time either: 1108, within three seconds', async () => {
    const { centre, result } = await frameOutLate();
    stalls(centre.journal, 'append');
    await centre.pass(3_000);
    expect(heard(result)).toBe('unknown 1108');
  });

  test('its answer has come meanwhile: the till hears that', async () => {
    const { centre, result } = await frameOutLate();
    await centre.answer();
    await centre.pass(centreLimits.sessionGraceMs);
    expect(heard(result)).toBe('approved');
  });

  test.each([
    ['acknowledged', undefined],
    ['refused throughout', REFUSED],
    ['of unknown fate', { delivered: false, reached: 'maybe', detail: 'no ACK' } as const],
  ])('it ends later, %s: what was told stands, and an answer without a token is its own', async (_how, outcome) => {
    const { centre, endAs } = await frameOutLate();
    await centre.pass(centreLimits.sessionGraceMs);
    expect(centre.running.lastSent).toBeUndefined();
    await endAs(outcome);
    await centre.pass(1_000);
    expect(await centre.payment()).toMatchObject({ state: 'unknown', code: '1001' });
    expect(centre.running.lastSent).toBe('PAYMENT-1');
    await centre.answer({ privateData: '          ' });
    expect(await centre.payment()).toMatchObject({ state: 'approved' });
  });

  test('the line stays its own until then: the next payment waits for it, and goes on', async () => {
    const { centre, endAs } = await frameOutLate();
    await centre.pass(centreLimits.sessionGraceMs);
    const next = await centre.ask({ orderId: 'next', amountMinor: 990 });
    await centre.pass(10_000);
    expect(heard(next)).toBe('waits');
    expect(centre.terminal.frames).toHaveLength(1);
    await endAs();
    expect(centre.terminal.frames).toHaveLength(2);
    await centre.answer();
    expect(heard(next)).toBe('approved');
  });

  test('where it never ends, the next payment is not sent', async () => {
    const { centre } = await frameOutLate();
    await centre.pass(centreLimits.sessionGraceMs);
    const next = await centre.ask({ orderId: 'next', amountMinor: 990 });
    await centre.pass(TIMEOUT_MS);
    expect(heard(next)).toBe('not_sent 1004');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('nor by a timer that fires a moment before its time, as those of Node do', async () => {
    const { centre, endAs } = await frameOutLate();
    await centre.pass(centreLimits.sessionGraceMs);
    const { clock } = centre;
    const inTime = clock.after.bind(clock);
    clock.after = (delayMs, act) => inTime(Math.max(0, delayMs - 1), act);
    const next = await centre.ask({ orderId: 'next', amountMinor: 990 });
    await centre.pass(TIMEOUT_MS);
    expect(heard(next)).toBe('not_sent 1004');
    const third = await centre.ask({ orderId: 'third', amountMinor: 770 });
    expect(heard(third)).toBe('waits');
    await endAs();
    await centre.answer();
    expect(heard(third)).toBe('approved');
  });
});
