import { describe, expect, test } from '@jest/globals';
import { Centre, heard, hipayTold, PatientTill } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import type { Order } from './order.ts';
import { accepted, anOrder, answered, asked, notRegistered, registering, told } from './payment.fixture.ts';
import type { FoundOrder, HipayOrder, RegisterAnswer } from './ports.ts';
import { BROKEN, COMPLETED, DOWN, type ScriptedGateway, TAKEN } from './scripted-gateway.fixture.ts';
import { settle } from './settle.fixture.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Asks and approves one order; what the till was told is given back as soon as it is. */
async function pay(centre: Centre, differs: Partial<Order> = {}) {
  const result = await centre.ask(differs);
  await centre.answer();
  return result;
}

/** One answer after the other, the last one for ever. */
function answersInTurn(gateway: ScriptedGateway, ...answers: RegisterAnswer[]): void {
  gateway.answers = () => (answers.length > 1 ? answers.shift() : answers[0]) ?? COMPLETED;
}

/** So many approved payments of which HiPay was never told. */
async function waitFor(centre: Centre, payments: number): Promise<void> {
  centre.presence.failed('away');
  for (let n = 0; n < payments; n++) {
    await pay(centre, { orderId: `W-${n}` });
    centre.presence.failed('away');
  }
}

function foundOrder(differs: Partial<FoundOrder>): { kind: 'found'; orders: FoundOrder[] } {
  const order = { reference: '8009', amountMinor: 1250, currency: 'EUR', hasCustomData: true, ...differs };
  return { kind: 'found', orders: [order] };
}

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
    answersInTurn(centre.gateway, BROKEN, COMPLETED);
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
    answersInTurn(centre.gateway, BROKEN, COMPLETED);
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
      answersInTurn(centre.gateway, BROKEN, COMPLETED);
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

describe('rule 13: one flight per payment, in order', () => {
  test('rule 17: the backlog waits while a payment is under way', async () => {
    const centre = new Centre();
    answersInTurn(centre.gateway, DOWN, COMPLETED);
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
