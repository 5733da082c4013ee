import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Ages } from './ages.ts';
import { centreLimits } from './centre-limits.ts';
import type { FactBody } from './fact.ts';
import type { Order } from './order.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  notSent,
  paymentOf,
  START_MS,
  settled,
  told,
  unclear,
} from './payment.fixture.ts';
import type { Payment } from './payment.ts';
import { type RepetitionRules, repetitionOf, sameMoney } from './repetition.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const agesAt = (nowMs: number) => new Ages(new ManualClock(nowMs));
const ages = agesAt(START_MS);
const rules: RepetitionRules = { orderIdScope: 'day', repeatWindowMs: 2 * HOUR_MS };

const HISTORIES: Record<string, FactBody[]> = {
  opening: [],
  running: [asked()],
  interim: [asked(), answered('9')],
  unknown: [asked(), unclear],
  contradicted: [asked(), unclear, settled('refused'), answered('0')],
  approved: [asked(), answered('0')],
  approvedAndTold: [asked(), answered('0'), told],
  refused: [asked(), answered('7'), told],
  notSent: [notSent, told],
  refusedUntold: [asked(), answered('7')],
  notSentUntold: [notSent],
};

function past(history: string, { agoMs = 0, order = anOrder(), id = history } = {}): Payment {
  const facts = HISTORIES[history] ?? [];
  return paymentOf([accepted(order), ...facts], id, START_MS - agoMs - facts.length * 1_000);
}

function repeated(payments: Payment[], order: Order = anOrder(), differs: Partial<RepetitionRules> = {}): string {
  const repetition = repetitionOf(order, payments, ages, { ...rules, ...differs });
  return 'payment' in repetition ? `${repetition.kind} ${repetition.payment.paymentId}` : repetition.kind;
}

describe('sameMoney', () => {
  test.each<[Partial<Order>, boolean]>([
    [{}, true],
    [{ orderId: 'B', cart: [], forceAuthorization: true, bodyDigest: 'other' }, true],
    [{ amountMinor: 1251 }, false],
    [{ currency: 'USD' }, false],
    [{ transactionType: 'Credit' }, false],
  ])('%j: %j', (differs, same) => {
    expect(sameMoney(anOrder(differs), anOrder())).toBe(same);
    expect(sameMoney(anOrder(), anOrder(differs))).toBe(same);
  });
});

describe('rule 1: what counts for an order', () => {
  test.each([
    ['opening', 'join opening'],
    ['running', 'join running'],
    ['interim', 'join interim'],
    ['unknown', 'replay unknown'],
    ['contradicted', 'replay contradicted'],
    ['approved', 'replay approved'],
    ['refused', 'new'],
    ['notSent', 'new'],
  ])('the same order after a payment that is %s: %s', (history, expected) => {
    expect(repeated([past(history)])).toBe(expected);
  });

  test('an order without payments is new', () => expect(repeated([])).toBe('new'));

  test.each([
    ['approved', 'unknown', 'running', 'join running'],
    ['running', 'unknown', 'approved', 'join running'],
    ['approved', 'unknown', 'refused', 'replay unknown'],
    ['refused', 'approved', 'notSent', 'replay approved'],
    ['notSent', 'refused', 'notSent', 'new'],
  ])('newest first %s, %s, %s: the running one, else an unknown, else an approved one: %s', (a, b, c, expected) => {
    expect(repeated([past(a), past(b), past(c)])).toBe(expected);
  });

  test('of several approved payments the newest counts', () => {
    expect(repeated([past('approved', { id: 'new' }), past('approved', { id: 'old' })])).toBe('replay new');
  });

  test.each(['running', 'unknown', 'approved'])(
    'other money than that of a payment that is %s: conflict',
    (history) => {
      for (const differs of [{ amountMinor: 99 }, { currency: 'USD' }, { transactionType: 'Credit' as const }]) {
        expect(repeated([past(history)], anOrder(differs))).toBe(`conflict ${history}`);
      }
    },
  );

  test.each(['refused', 'notSent'])(
    'other money than that of a payment that is %s: new, never a conflict',
    (history) => {
      expect(repeated([past(history)], anOrder({ amountMinor: 99 }))).toBe('new');
    },
  );

  test('other money is a conflict also where the approved payment is too old to be repeated', () => {
    expect(repeated([past('approved', { agoMs: 3 * HOUR_MS })], anOrder({ amountMinor: 99 }))).toBe(
      'conflict approved',
    );
  });
});

describe('rule 1: the repeat window', () => {
  test('a repetition up to its end, to the millisecond', () => {
    expect(repeated([past('approved', { agoMs: rules.repeatWindowMs - 1_000 })])).toBe('replay approved');
    const payment = past('approved');
    const atEndMs = (payment.decidedAtMs ?? 0) + rules.repeatWindowMs;
    expect(repetitionOf(anOrder(), [payment], agesAt(atEndMs), rules).kind).toBe('replay');
    expect(repetitionOf(anOrder(), [payment], agesAt(atEndMs + 1), rules).kind).toBe('paid_earlier');
  });

  test('it is reckoned from the approval, not from the request', () => {
    const late = paymentOf([accepted(), asked(), unclear, answered('0')], 'late', START_MS - 2 * HOUR_MS - 1_000);
    expect(late.acceptedAtMs).toBeLessThan(START_MS - rules.repeatWindowMs);
    expect(repeated([late])).toBe('replay late');
  });

  test('it bounds approved payments only', () => {
    expect(repeated([past('unknown', { agoMs: 7 * HOUR_MS })])).toBe('replay unknown');
    expect(repeated([past('running', { agoMs: 7 * HOUR_MS })])).toBe('join running');
  });

  test('it is configured', () => {
    const payment = past('approved', { agoMs: 10 * MINUTE_MS });
    expect(repeated([payment], anOrder(), { repeatWindowMs: 5 * MINUTE_MS })).toBe('paid_earlier approved');
    expect(repeated([payment], anOrder(), { repeatWindowMs: 15 * MINUTE_MS })).toBe('replay approved');
  });
});

describe('rule 1: order_id_scope', () => {
  const old = { agoMs: centreLimits.orderDayMs + MINUTE_MS };
  const young = { agoMs: centreLimits.orderDayMs - MINUTE_MS };

  test('eight hours', () => expect(centreLimits.orderDayMs).toBe(8 * HOUR_MS));

  test.each([
    ['day', 'approved', old, 'paid_earlier approved'],
    ['day', 'approvedAndTold', old, 'new'],
    ['day', 'approvedAndTold', young, 'paid_earlier approvedAndTold'],
    ['day', 'unknown', old, 'new'],
    ['day', 'unknown', young, 'replay unknown'],
    ['day', 'running', old, 'join running'],
    ['forever', 'approvedAndTold', old, 'paid_earlier approvedAndTold'],
    ['forever', 'unknown', old, 'replay unknown'],
    ['none', 'approved', {}, 'new'],
    ['none', 'unknown', {}, 'new'],
    ['none', 'running', {}, 'new'],
  ] as const)('%s: a payment that is %s, %j: %s', (orderIdScope, history, when, expected) => {
    expect(repeated([past(history, when)], anOrder(), { orderIdScope })).toBe(expected);
  });

  test('day: an old payment that counts no longer is no conflict either', () => {
    expect(repeated([past('approvedAndTold', old)], anOrder({ amountMinor: 99 }))).toBe('new');
    expect(repeated([past('unknown', old)], anOrder({ amountMinor: 99 }))).toBe('new');
  });

  test('day: an old one does not hide a young one', () => {
    expect(repeated([past('unknown', old), past('approved')])).toBe('replay approved');
  });
});

describe('rule 4: a failure that reached nobody is told before the order is tried again', () => {
  test.each([
    ['refusedUntold', 0, 'replay refusedUntold'],
    ['notSentUntold', 0, 'replay notSentUntold'],
    ['refusedUntold', 3 * HOUR_MS, 'new'],
  ])('%s, %d ms ago: %s', (history, agoMs, expected) => {
    expect(repeated([past(history, { agoMs })])).toBe(expected);
  });

  test('for other money it is another payment', () => {
    expect(repeated([past('refusedUntold')], anOrder({ amountMinor: 1251 }))).toBe('new');
  });

  test('an approved payment counts before it', () => {
    expect(repeated([past('refusedUntold'), past('approved')])).toBe('replay approved');
  });
});
