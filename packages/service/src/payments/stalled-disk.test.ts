import { describe, expect, test } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { stalls } from './stalled-disk.fixture.ts';

const LATEST_MS = 180_000 + centreLimits.tillGraceMs;

describe('I9: a till is answered in time by a disk that stalls before the frame', () => {
  test.each(['append', 'writeProblem', 'byOrderId'] as const)(
    '%s never ends: 1107, nothing was sent',
    async (method) => {
      const centre = new Centre();
      stalls(centre.journal, method);
      const first = await centre.ask();
      await centre.pass(10_000);
      const second = await centre.ask({ orderId: 'another' });
      await centre.pass(LATEST_MS - 10_001);
      expect(heard(first)).toBe('waits');
      await centre.pass(1);
      expect(heard(first)).toBe('declined 1107');
      // Where the first one was under way, the second was told so at once; else it has a deadline of its own.
      await centre.pass(10_000);
      expect(heard(second)).toBe(method === 'append' ? 'declined 1104' : 'declined 1107');
      expect(centre.desk.busy).toBe(false);
      expect(centre.terminal.frames).toEqual([]);
    },
  );

  test('the end of a payment that was not sent never gets written: 1107 too', async () => {
    const centre = new Centre();
    centre.terminal.failsBeforeFrame = { delivered: false, reached: 'no', reason: 'silent', detail: 'no answer' };
    stalls(centre.journal, 'append');
    const result = await centre.ask();
    await centre.pass(LATEST_MS);
    expect(heard(result)).toBe('declined 1107');
  });

  test.each([
    ['in notification_timeout', (_leftMs: number, notificationMs: number) => notificationMs, 0],
    ['in the time that is left', (leftMs: number) => leftMs, 178_000],
  ])('how far HiPay knows cannot be read: the till hears that it is approved %s', async (_what, within, answeredMs) => {
    const centre = new Centre();
    const { paymentTimeoutMs, notificationTimeoutMs } = centre.settings;
    centre.presence.failed('it is away');
    const result = await centre.ask();
    await centre.pass(answeredMs);
    stalls(centre.journal, 'payment');
    await centre.answer();
    await centre.pass(within(paymentTimeoutMs - answeredMs, notificationTimeoutMs) - 1);
    expect(heard(result)).toBe('waits');
    await centre.pass(1);
    expect(heard(result)).toBe('approved');
    expect(centre.desk.busy).toBe(false);
  });
});

describe('once the disk goes on', () => {
  /** A till was told 1107 while the intent was being written. */
  async function toldMeanwhile(forMs = 0) {
    const centre = new Centre();
    const disk = stalls(centre.journal, 'append');
    const result = await centre.ask();
    await centre.pass(LATEST_MS + forMs);
    expect(heard(result)).toBe('declined 1107');
    return { centre, disk };
  }

  test('nothing is sent, and the payment ends as the till was told', async () => {
    const { centre, disk } = await toldMeanwhile(3_600_000);
    await disk.goOn();
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'not_sent']);
    await centre.pass(centreLimits.keepAgainMs);
    expect(await centre.payment()).toMatchObject({ state: 'not_sent', code: '1107', toldAs: 'not_sent' });
    expect(centre.running.lastAsked).toBeUndefined();
    expect(centre.terminal.frames).toEqual([]);
  });

  test('rule 4: the next request for the order is a new payment, and the terminal is asked for that one', async () => {
    const { centre, disk } = await toldMeanwhile();
    await disk.goOn();
    await centre.pass(centreLimits.keepAgainMs);
    const again = await centre.ask();
    await centre.answer();
    expect(heard(again)).toBe('approved');
    expect(centre.terminal.frames).toHaveLength(1);
    expect(centre.running.lastAsked?.paymentId).toBe('PAYMENT-2');
  });

  test('the intent fails after all: the payment is written with its end', async () => {
    const { centre, disk } = await toldMeanwhile();
    centre.journal.refuses = () => true;
    await disk.goOn();
    expect(centre.kinds()).toEqual([]);
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect(centre.kinds()).toEqual(['accepted', 'not_sent', 'told']);
    expect(await centre.payment()).toMatchObject({ code: '1107', toldAs: 'not_sent' });
  });

  test('the end of a payment whose request was refused is written after all', async () => {
    const centre = new Centre();
    centre.terminal.isHeld = true;
    centre.terminal.failsAfterFrame = { delivered: false, reached: 'no', reason: 'refused', detail: 'three NAKs' };
    const result = await centre.ask();
    const disk = stalls(centre.journal, 'append');
    centre.terminal.letGo();
    await centre.pass(LATEST_MS);
    expect(heard(result)).toBe('declined 1107');
    await disk.goOn();
    expect(centre.running.lastAsked).toMatchObject({ state: 'not_sent', code: '1004' });
    await centre.pass(centreLimits.keepAgainMs);
    expect(await centre.payment()).toMatchObject({ state: 'not_sent', toldAs: 'not_sent' });
  });

  test('before the deadline: nothing was sent where the request was given up meanwhile', async () => {
    const centre = new Centre();
    const disk = stalls(centre.journal, 'append');
    const result = await centre.ask();
    await centre.pass(centre.settings.paymentTimeoutMs + 1_000);
    expect(heard(result)).toBe('waits');
    await disk.goOn();
    expect(heard(result)).toBe('not_sent 1004');
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'not_sent']);
    expect(centre.terminal.frames).toEqual([]);
  });

  test.each(['byOrderId', 'writeProblem'] as const)(
    'after the deadline, and before the till had to be told (%s): the terminal is not troubled any more',
    async (method) => {
      const centre = new Centre();
      const disk = stalls(centre.journal, method);
      const result = await centre.ask();
      await centre.pass(centre.settings.paymentTimeoutMs);
      await disk.goOn();
      expect(heard(result)).toBe('not_sent 1004');
      expect(centre.terminal.requests).toBe(0);
      expect(centre.kinds()).toEqual(['accepted', 'not_sent']);
    },
  );

  test('before the deadline: it goes on as if nothing had been', async () => {
    const centre = new Centre();
    const disk = stalls(centre.journal, 'byOrderId', 'append');
    const result = await centre.ask();
    await centre.pass(100_000);
    await disk.goOn();
    await centre.answer();
    expect(heard(result)).toBe('approved');
  });
});
