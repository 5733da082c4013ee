import { describe, expect, test } from '@jest/globals';
import { Centre, heard, hipayTold } from './centre.fixture.ts';
import { pay } from './pay.fixture.ts';
import type { RegisterAnswer } from './ports.ts';
import { BROKEN, COMPLETED, foundOrder, TAKEN } from './scripted-gateway.fixture.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

describe('rule 12: the till waits for HiPay a while, the POST goes on', () => {
  test('HiPay is slow: told false at the end of notification_timeout, registered later, once', async () => {
    const centre = new Centre();
    let confirm: (answer: RegisterAnswer) => void = () => {};
    centre.gateway.answers = () => new Promise((resolve) => (confirm = resolve));
    const result = await pay(centre);
    await centre.pass(centre.settings.notificationTimeoutMs - 1);
    expect(heard(result)).toBe('waits');
    await centre.pass(1);
    expect(heard(result)).toBe('approved');
    expect(hipayTold(result)).toBe(false);
    confirm(COMPLETED);
    await centre.pass(HOUR_MS);
    expect((await centre.payment()).registration).toMatchObject({ status: 'registered', attempts: 1, bytesLeft: 1 });
    expect(centre.gateway.posts).toHaveLength(1);
    const again = await centre.ask();
    expect(hipayTold(again)).toBe(true);
  });

  test('no answer at all: look-ups no earlier than 60 s and 120 s after sending, then it is sent again', async () => {
    const centre = new Centre();
    centre.gateway.timesOutAfter(60_000);
    await pay(centre);
    await centre.pass(60_000);
    centre.gateway.answers = () => COMPLETED;
    await centre.pass(10 * MINUTE_MS);
    const [firstMs = 0, secondMs = 0, ...more] = centre.gateway.lookedUpAtMs;
    expect(firstMs).toBeGreaterThanOrEqual(60_000);
    expect(secondMs).toBeGreaterThanOrEqual(120_000);
    expect(more).toEqual([]);
    expect(centre.gateway.postedAtMs).toEqual([0, secondMs]);
    expect((await centre.payment()).registration).toMatchObject({ status: 'registered', attempts: 2, bytesLeft: 2 });
  });

  test('the connection broke: told false at once, asked at 60 s and 120 s, sent again after two times no', async () => {
    const centre = new Centre();
    centre.gateway.answersInTurn(BROKEN, COMPLETED);
    expect(hipayTold(await pay(centre))).toBe(false);
    await centre.pass(HOUR_MS);
    expect(centre.gateway.lookedUpAtMs).toEqual([60_000, 120_000]);
    expect(centre.gateway.postedAtMs).toEqual([0, 120_000]);
    expect(centre.kinds()).toEqual([
      ...['accepted', 'asked', 'answered', 'registering', 'not_registered', 'traced'],
      ...['looked_up', 'registering', 'registered'],
    ]);
  });

  test.each([60_000, 120_000])('the look-up at %d ms finds it: never sent again', async (shownFromMs) => {
    const centre = new Centre();
    centre.gateway.answers = () => BROKEN;
    centre.gateway.finds = () =>
      centre.clock.monotonicMs() >= shownFromMs ? foundOrder({ paymentId: 'PAYMENT-1' }) : { kind: 'none' };
    await pay(centre);
    await centre.pass(HOUR_MS);
    expect(centre.gateway.posts).toHaveLength(1);
    expect((await centre.payment()).registration).toMatchObject({ status: 'registered', reference: '8009' });
  });

  test('a look-up that fails is no "no": two of HiPay\'s own are needed', async () => {
    const centre = new Centre();
    centre.gateway.answersInTurn(BROKEN, COMPLETED);
    let lookUps = 0;
    centre.gateway.finds = () => {
      lookUps += 1;
      return lookUps === 2 ? { kind: 'no_word', detail: 'no answer' } : { kind: 'none' };
    };
    await pay(centre);
    await centre.pass(120_000);
    expect(lookUps).toBe(2);
    expect(centre.gateway.posts).toHaveLength(1);
    await centre.pass(HOUR_MS);
    expect(lookUps).toBe(4);
    expect(centre.gateway.posts).toHaveLength(2);
  });

  test.each([-HOUR_MS, -30 * 24 * HOUR_MS, HOUR_MS])(
    'rule 18: the wall clock jumps by %d ms: two look-ups, 120 s after sending, all the same',
    async (jumpMs) => {
      const centre = new Centre();
      centre.gateway.answersInTurn(BROKEN, COMPLETED);
      await pay(centre);
      centre.clock.setWall(centre.clock.nowMs() + jumpMs);
      await centre.pass(10 * MINUTE_MS);
      expect(centre.gateway.lookedUp).toHaveLength(2);
      expect(centre.gateway.posts).toHaveLength(2);
      expect(centre.gateway.postedAtMs[1]).toBeGreaterThanOrEqual(120_000);
    },
  );
});

describe('rule 11: whose order it is that HiPay has', () => {
  test('not ours: registered under an id of its own, fixed by a fact before the POST', async () => {
    const centre = new Centre();
    centre.gateway.answers = ({ hipayOrderId }) => (hipayOrderId === 'A-1' ? TAKEN : COMPLETED);
    centre.gateway.finds = () => foundOrder({ paymentId: 'PAYMENT-OF-ANOTHER-TILL' });
    await pay(centre);
    await centre.pass(MINUTE_MS);
    expect(centre.gateway.posts.map(({ hipayOrderId }) => hipayOrderId)).toEqual(['A-1', 'A-1-PAYMENT-1']);
    const facts = await centre.journal.facts('PAYMENT-1');
    expect(facts.filter(({ kind }) => kind === 'registering').at(-1)).toMatchObject({
      n: 2,
      hipayOrderId: 'A-1-PAYMENT-1',
    });
    expect((await centre.payment()).registration).toMatchObject({
      status: 'registered',
      hipayOrderId: 'A-1-PAYMENT-1',
    });
  });

  test('ours: an earlier attempt had booked it after all', async () => {
    const centre = new Centre();
    centre.gateway.answers = () => TAKEN;
    centre.gateway.finds = () => foundOrder({ paymentId: 'PAYMENT-1' });
    await pay(centre);
    await centre.pass(MINUTE_MS);
    expect(centre.gateway.posts).toHaveLength(1);
    expect((await centre.payment()).registration).toMatchObject({ status: 'registered', reference: '8009' });
  });

  test('without custom data, from before our attempt: parked as a conflict, said in the log', async () => {
    const centre = new Centre();
    centre.gateway.answers = () => TAKEN;
    centre.gateway.finds = () => foundOrder({ hasCustomData: false, createdAtMs: centre.clock.nowMs() - HOUR_MS });
    await pay(centre);
    await centre.pass(HOUR_MS);
    expect(centre.gateway.posts).toHaveLength(1);
    expect((await centre.payment()).registration).toMatchObject({
      status: 'parked',
      detail: expect.stringMatching(/^conflict/),
    });
  });

  test('not ours even under our own id: parked, not tried for ever', async () => {
    const centre = new Centre();
    centre.gateway.answers = () => TAKEN;
    centre.gateway.finds = () => foundOrder({});
    await pay(centre);
    await centre.pass(HOUR_MS);
    expect(centre.gateway.posts).toHaveLength(2);
    expect((await centre.payment()).registration.status).toBe('parked');
  });
});
