import { describe, expect, test } from '@jest/globals';
import { Centre } from './centre.fixture.ts';
import type { FactBody } from './fact.ts';
import { accepted, anOrder, answered, asked, notRegistered, parked, registering, TARGET } from './payment.fixture.ts';
import { BROKEN } from './scripted-gateway.fixture.ts';

const DAY_MS = 86_400_000;
const OTHER = { ...TARGET, login: 'other-shop' };
const ID = 'PAYMENT-1';
const CONFLICT: FactBody = { kind: 'parked', code: 'conflict', detail: 'another order A-1' };

async function centreWith(...facts: FactBody[]): Promise<Centre> {
  const centre = new Centre({ paymentsSoFar: 1 });
  await centre.journal.append(ID, [accepted(), asked(), answered('0'), ...facts]);
  await centre.pass(DAY_MS);
  expect(centre.gateway.posts).toEqual([]);
  return centre;
}

describe('rule 14: what is parked goes again by hand', () => {
  test('HiPay is asked first, and only then it is sent, once', async () => {
    const centre = await centreWith(registering(), parked);
    expect(await centre.people.resend(ID, { by: 'Anna' })).toMatchObject({ kind: 'resent' });
    await centre.pass(DAY_MS);
    expect(centre.gateway.lookedUp).toEqual(['A-1']);
    expect(centre.gateway.posts).toMatchObject([{ hipayOrderId: 'A-1', paymentId: ID }]);
    expect((await centre.payment()).registration).toMatchObject({ status: 'registered', attempts: 2 });
    expect(centre.kinds()).toContain('unparked');
  });

  test('HiPay has it already: it is not sent', async () => {
    const centre = await centreWith(registering(), parked);
    const order = { reference: '8009', amountMinor: 1250, currency: 'EUR', hasCustomData: true, paymentId: ID };
    centre.gateway.finds = () => ({ kind: 'found', orders: [order] });
    await centre.people.resend(ID, {});
    await centre.pass(DAY_MS);
    expect(centre.gateway.posts).toEqual([]);
    expect((await centre.payment()).registration).toMatchObject({ status: 'registered', reference: '8009' });
  });

  test('to the present account, on its contract', async () => {
    const before = await centreWith();
    await before.journal.append(ID, [registering(1, { merchantId: 'OLD0001' }), notRegistered({ bytesLeft: false })]);
    const centre = await before.restart(0, { target: OTHER });
    await centre.pass(DAY_MS);
    expect((await centre.payment()).registration).toMatchObject({
      status: 'parked',
      detail: expect.stringMatching(/^target/),
    });
    expect(await centre.people.resendParked({})).toEqual({ resent: [ID], left: [] });
    await centre.pass(DAY_MS);
    expect(centre.gateway.posts).toMatchObject([{ target: OTHER, merchantId: 'NFC0001' }]);
  });

  test('after a crash it goes on by itself, with two look-ups', async () => {
    const before = await centreWith(registering(), parked);
    before.gateway.finds = () => ({ kind: 'no_word', detail: 'away' });
    await before.people.resend(ID, {});
    const centre = await before.restart();
    await centre.pass(DAY_MS);
    expect(centre.gateway.lookedUp).toHaveLength(2);
    expect(centre.gateway.posts).toHaveLength(1);
  });

  test.each([
    ['a conflict', [registering(), notRegistered(), CONFLICT]],
    [
      'another account, after an attempt of unknown fate',
      [registering(), notRegistered(), { kind: 'parked', code: 'target', detail: 'changed' } as FactBody],
    ],
  ])('%s: only where somebody has looked, and under an order id of its own', async (_what, facts) => {
    const centre = await centreWith(...facts);
    expect(await centre.people.resend(ID, {})).toMatchObject({
      kind: 'declined',
      why: expect.stringContaining('HiPay may have it already'),
    });
    expect(await centre.people.resendParked({})).toMatchObject({
      resent: [],
      left: [{ paymentId: ID, orderId: 'A-1' }],
    });
    expect(centre.kinds()).not.toContain('unparked');
    expect(await centre.people.resend(ID, { notAtHipay: true })).toMatchObject({ kind: 'resent' });
    await centre.pass(DAY_MS);
    expect(centre.gateway.posts).toMatchObject([{ hipayOrderId: 'A-1-PAYMENT-1' }]);
  });

  test("somebody else's order without custom data, booked meanwhile: parked again, not taken for ours", async () => {
    const centre = await centreWith(registering(), parked);
    const createdAtMs = centre.clock.nowMs();
    const bare = { reference: '1', amountMinor: 1250, currency: 'EUR', hasCustomData: false, createdAtMs };
    centre.gateway.finds = () => ({ kind: 'found', orders: [bare] });
    await centre.people.resend(ID, {});
    await centre.pass(DAY_MS);
    expect(centre.gateway.posts).toEqual([]);
    expect((await centre.payment()).registration).toMatchObject({ status: 'parked', mayBeBooked: true });
  });

  test('once more while it is under way: no second time', async () => {
    const centre = await centreWith(registering(), parked);
    centre.gateway.answers = () => BROKEN;
    await centre.people.resend(ID, {});
    expect(await centre.people.resend(ID, {})).toMatchObject({
      kind: 'declined',
      why: expect.stringContaining('not parked'),
    });
  });

  test('all of them, page by page', async () => {
    const centre = new Centre();
    const ids = Array.from({ length: 120 }, (_, n) => `PAYMENT-${1000 + n}`);
    for (const id of ids) {
      await centre.journal.append(id, [
        accepted(anOrder({ orderId: id })),
        asked(id),
        answered('0'),
        registering(),
        parked,
      ]);
    }
    expect(await centre.people.resendParked({ by: 'Anna' })).toEqual({ resent: ids, left: [] });
  });

  test('no such payment', async () => {
    expect(await new Centre().people.resend('PAYMENT-9', {})).toEqual({ kind: 'not_found' });
  });
});
