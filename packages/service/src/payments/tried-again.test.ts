import { describe, expect, test } from '@jest/globals';
import { Centre, heard, hipayTold } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { pay } from './pay.fixture.ts';
import { accepted, answered, asked, notRegistered, registering } from './payment.fixture.ts';
import type { HipayOrder, RegisterAnswer } from './ports.ts';
import { COMPLETED, DOWN } from './scripted-gateway.fixture.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

describe('rule 13: tried again for as long as it takes', () => {
  test('HiPay cannot be reached for two days: back-off, then registered once; no bytes left before', async () => {
    const centre = new Centre();
    centre.gateway.answers = () => DOWN;
    const result = await pay(centre);
    expect(hipayTold(result)).toBe(false);
    await centre.pass(48 * HOUR_MS);
    const gaps = centre.gateway.postedAtMs.slice(1).map((atMs, i) => atMs - (centre.gateway.postedAtMs[i] ?? 0));
    expect(gaps.slice(0, 8)).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
    expect(Math.max(...gaps)).toBe(300_000);
    expect(centre.gateway.lookedUp).toEqual([]);
    centre.gateway.answers = () => COMPLETED;
    await centre.pass(HOUR_MS);
    expect((await centre.payment()).registration).toMatchObject({ status: 'registered', bytesLeft: 1 });
  });

  test('away: no waiting for the next till; a background probe ends that', async () => {
    const centre = new Centre();
    centre.gateway.timesOutAfter(60_000);
    const first = await pay(centre, { orderId: 'A' });
    await centre.pass(centre.settings.notificationTimeoutMs);
    expect(hipayTold(first)).toBe(false);
    const second = await pay(centre, { orderId: 'B' });
    expect(heard(second)).toBe('approved');
    expect(hipayTold(second)).toBe(false);
    centre.gateway.answers = () => COMPLETED;
    await centre.pass(HOUR_MS);
    expect((await centre.payment(2)).registration.status).toBe('registered');
    const third = await pay(centre, { orderId: 'C' });
    expect(hipayTold(third)).toBe(true);
  });

  test('a refused form goes once more without the cart', async () => {
    const centre = new Centre();
    const form: RegisterAnswer = { kind: 'code', code: '1010305', httpStatus: 400, detail: 'basket' };
    centre.gateway.answers = ({ withCart }: HipayOrder) => (withCart ? form : COMPLETED);
    await pay(centre, { cart: [{ name: 'tea' }] });
    await centre.pass(1_000);
    expect(centre.gateway.posts.map(({ withCart }) => withCart)).toEqual([true, false]);
    expect((await centre.payment()).registration).toMatchObject({ status: 'registered', cartDropped: true });
  });

  test('and is parked where that does not help', async () => {
    const centre = new Centre();
    centre.gateway.answers = () => ({ kind: 'code', code: '1010305', httpStatus: 400, detail: 'no' });
    await pay(centre, { cart: [{ name: 'tea' }] });
    await centre.pass(24 * HOUR_MS);
    expect(centre.gateway.posts).toHaveLength(2);
    expect((await centre.payment()).registration.status).toBe('parked');
  });

  test('credentials refused: hourly, with an alarm that is over once it works', async () => {
    const centre = new Centre();
    centre.gateway.answers = () => ({ kind: 'code', code: '1000001', httpStatus: 401, detail: 'credentials' });
    await pay(centre);
    await centre.pass(3 * HOUR_MS);
    expect(centre.gateway.postedAtMs).toEqual([0, HOUR_MS, 2 * HOUR_MS, 3 * HOUR_MS]);
    expect(centre.presence.alarm).toContain('1000001');
    expect(centre.presence.away).toBe(false);
    centre.gateway.answers = () => COMPLETED;
    await centre.pass(HOUR_MS);
    expect(centre.presence.alarm).toBeUndefined();
  });

  test('back-off is per payment: one that fails holds up no other', async () => {
    const centre = new Centre();
    centre.gateway.answers = ({ paymentId }) => (paymentId === 'PAYMENT-1' ? DOWN : COMPLETED);
    await pay(centre, { orderId: 'A' });
    await centre.pass(10 * MINUTE_MS);
    await pay(centre, { orderId: 'B' });
    await centre.pass(1);
    expect((await centre.payment(1)).registration.status).toBe('due');
    expect((await centre.payment(2)).registration.status).toBe('registered');
  });
});

describe('rule 14: a changed account', () => {
  test('what waits for the old one is parked, and nothing is sent to either', async () => {
    const before = new Centre();
    before.gateway.answers = () => DOWN;
    await pay(before);
    const centre = await before.restart(0, { target: { ...before.settings.target, login: 'other' } });
    await centre.pass(HOUR_MS);
    expect(centre.gateway.posts).toEqual([]);
    expect((await centre.payment(1)).registration).toMatchObject({
      status: 'parked',
      detail: expect.stringMatching(/^target/),
    });
  });

  test.each([{ login: 'other' }, { url: 'https://other.example/rest/' }, { environment: 'prod' as const }])(
    'another %j is another account',
    async (differs) => {
      const before = new Centre();
      before.gateway.answers = () => DOWN;
      await pay(before);
      const centre = await before.restart(0, { target: { ...before.settings.target, ...differs } });
      await centre.pass(HOUR_MS);
      expect(centre.gateway.posts).toEqual([]);
      expect((await centre.payment(1)).registration.status).toBe('parked');
    },
  );

  test('a late answer of a payment for the old one: approved, and parked', async () => {
    const before = new Centre();
    await before.ask();
    const token = before.terminal.frames[0]?.token ?? '';
    await before.pass(before.settings.paymentTimeoutMs);
    const target = { ...before.settings.target, environment: 'prod' as const };
    const centre = await before.restart(0, { target });
    await centre.answer({ privateData: token });
    await centre.pass(HOUR_MS);
    expect(await centre.payment(1)).toMatchObject({ state: 'approved', registration: { status: 'parked' } });
    expect(centre.gateway.posts).toEqual([]);
  });
});

describe('rule 18: after a restart', () => {
  test('an attempt that was cut off is looked up first', async () => {
    const before = new Centre();
    before.gateway.timesOutAfter(60_000);
    await pay(before);
    const centre = await before.restart(5_000);
    await centre.pass(10 * MINUTE_MS);
    expect(centre.gateway.lookedUpAtMs).toHaveLength(3);
    expect(centre.gateway.lookedUpAtMs[0]).toBeLessThanOrEqual(centreLimits.startJitterMs);
    expect(centre.gateway.postedAtMs).toEqual([centre.gateway.lookedUpAtMs[2]]);
    expect(centre.gateway.postedAtMs[0]).toBeGreaterThanOrEqual(115_000);
  });

  test('all that waits is due, the oldest first', async () => {
    const before = new Centre();
    before.gateway.answers = () => DOWN;
    for (const orderId of ['A', 'B', 'C']) {
      await pay(before, { orderId });
      await before.pass(1_000);
    }
    const centre = await before.restart();
    await centre.pass(2 * centreLimits.betweenRegistrationsMs);
    expect(centre.gateway.posts.map(({ paymentId }) => paymentId)).toEqual(['PAYMENT-1', 'PAYMENT-2', 'PAYMENT-3']);
    expect(centre.registrations.waiting).toBe(0);
  });

  test('a fate that was unclear stays so: two look-ups, then once more', async () => {
    const centre = new Centre();
    const facts = [accepted(), asked(), answered('0'), registering(), notRegistered()];
    await centre.journal.append('OLD', facts);
    await centre.pass(24 * HOUR_MS);
    await centre.registrations.start();
    await centre.pass(HOUR_MS);
    expect(centre.gateway.lookedUp).toEqual(['A-1', 'A-1']);
    expect(centre.gateway.posts.map(({ paymentId }) => paymentId)).toEqual(['OLD']);
  });
});
