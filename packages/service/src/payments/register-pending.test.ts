import { describe, expect, test } from '@jest/globals';
import { Centre, heard, hipayTold, PatientTill } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { pay } from './pay.fixture.ts';
import { accepted, anOrder, answered, asked, told } from './payment.fixture.ts';
import { COMPLETED, DOWN, foundOrder } from './scripted-gateway.fixture.ts';
import { settle } from './settle.fixture.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** So many approved payments of which HiPay was never told. */
async function waitFor(centre: Centre, payments: number): Promise<void> {
  centre.presence.failed('away');
  for (let n = 0; n < payments; n++) {
    await pay(centre, { orderId: `W-${n}` });
    centre.presence.failed('away');
  }
}

describe('rule 13: one flight per payment, in order', () => {
  test('rule 17: the backlog waits while a payment is under way', async () => {
    const centre = new Centre();
    centre.gateway.answersInTurn(DOWN, COMPLETED);
    await pay(centre, { orderId: 'A' });
    await centre.ask({ orderId: 'B' });
    await centre.pass(MINUTE_MS);
    expect(centre.gateway.posts).toHaveLength(1);
    await centre.answer({ stat: '7' });
    await centre.pass(0);
    await settle();
    expect((await centre.payment(1)).registration.status).toBe('registered');
  });

  test('rule 17: the backlog rests after each registration, so that the line and the disk are free in between', async () => {
    const before = new Centre();
    await waitFor(before, 5);
    const centre = await before.restart();
    await centre.pass(HOUR_MS);
    const { postedAtMs } = centre.gateway;
    expect(postedAtMs).toEqual([0, 1, 2, 3, 4].map((n) => n * centreLimits.betweenRegistrationsMs));
  });

  test('rule 17: a thousand that wait while HiPay is away cost no more than one: a probe now and then', async () => {
    const before = new Centre();
    await waitFor(before, 20);
    const centre = await before.restart();
    centre.gateway.answers = () => DOWN;
    await centre.pass(MINUTE_MS);
    const { postedAtMs, posts } = centre.gateway;
    expect(postedAtMs).toEqual(Array.from({ length: 13 }, (_, n) => n * centreLimits.betweenProbesMs));
    expect(new Set(posts.map(({ paymentId }) => paymentId)).size).toBeGreaterThan(1);
    centre.gateway.answers = () => COMPLETED;
    await centre.pass(centreLimits.retryMostMs);
    expect(centre.registrations.waiting).toBe(0);
  });

  test('a new payment does not wait for the rest of the backlog', async () => {
    const centre = new Centre();
    centre.gateway.answers = () => DOWN;
    await pay(centre, { orderId: 'A' });
    await centre.pass(centreLimits.retryFirstMs);
    expect(centre.gateway.posts).toHaveLength(2);
    centre.gateway.answers = () => COMPLETED;
    await pay(centre, { orderId: 'B' });
    await centre.pass(1);
    expect((await centre.payment(2)).registration.status).toBe('registered');
  });

  test('a new payment goes before the backlog', async () => {
    const centre = new Centre();
    for (const n of [1, 2, 3]) {
      const order = anOrder({ orderId: `OLD-${n}` });
      await centre.journal.append(`OLD-${n}`, [accepted(order), asked(`000000010${n}`), answered('0')]);
    }
    centre.gateway.timesOutAfter(60_000);
    await centre.registrations.start();
    await centre.pass(1);
    const { answers } = centre.gateway;
    centre.gateway.answers = (order) => (order.paymentId === 'PAYMENT-1' ? COMPLETED : answers(order));
    const result = await pay(centre, { orderId: 'NEW' });
    expect(hipayTold(result)).toBe(true);
    expect(centre.gateway.posts.map(({ paymentId }) => paymentId)).toEqual(['OLD-1', 'PAYMENT-1']);
  });

  test('what the till is told meanwhile does not get in its way', async () => {
    const centre = new Centre();
    centre.presence.failed('away');
    await centre.ask();
    await centre.answer();
    const { append } = centre.journal;
    let raced = false;
    centre.journal.append = async (paymentId, facts, options) => {
      if (options?.ifVersion !== undefined && !raced) {
        raced = true;
        await append.call(centre.journal, paymentId, [told]);
      }
      return append.call(centre.journal, paymentId, facts, options);
    };
    await centre.pass(1);
    expect(raced).toBe(true);
    expect((await centre.payment()).registration.status).toBe('registered');
    expect(centre.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  test('the journal cannot take the intent: no POST (I6); it goes once it can', async () => {
    const centre = new Centre();
    centre.presence.failed('away');
    centre.journal.refuses = (kinds) => kinds.includes('registering');
    await pay(centre);
    await centre.pass(MINUTE_MS);
    expect(centre.gateway.posts).toEqual([]);
    centre.journal.refuses = () => false;
    await centre.pass(10 * MINUTE_MS);
    expect(centre.gateway.posts).toHaveLength(1);
  });

  test('the end of an attempt cannot be written: HiPay is asked, not told again', async () => {
    const centre = new Centre();
    centre.journal.refuses = (kinds) => kinds.includes('registered');
    centre.gateway.finds = () => foundOrder({ paymentId: 'PAYMENT-1' });
    const result = await pay(centre);
    expect(heard(result)).toBe('approved');
    await centre.pass(1_000);
    centre.journal.refuses = () => false;
    await centre.pass(10 * MINUTE_MS);
    expect(centre.gateway.posts).toHaveLength(1);
    expect((await centre.payment()).registration.status).toBe('registered');
  });
});

describe('stop', () => {
  test('a registration under way gets a moment; then nothing more is begun', async () => {
    const centre = new Centre();
    centre.gateway.timesOutAfter(60_000);
    const till = new PatientTill();
    await centre.ask({}, till);
    await centre.answer();
    let stopped = false;
    void centre.registrations.stop().then(() => {
      stopped = true;
    });
    await centre.pass(centreLimits.stopGraceMs - 1);
    expect(stopped).toBe(false);
    await centre.pass(1);
    await settle();
    expect(stopped).toBe(true);
    await centre.pass(HOUR_MS);
    expect(centre.gateway.posts).toHaveLength(1);
    expect(centre.gateway.lookedUp).toEqual([]);
  });

  test('nothing under way: at once', async () => {
    const centre = new Centre();
    await expect(centre.registrations.stop()).resolves.toBeUndefined();
  });
});
