import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { centreLimits } from './centre-limits.ts';
import { applyFact } from './fold.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  notRegistered,
  paymentOf,
  registering,
  START_MS,
} from './payment.fixture.ts';
import type { RegisterAnswer } from './ports.ts';
import { afterAttempt, backoffMs } from './retry-policy.ts';

const underWay = paymentOf([accepted(anOrder({ cart: [{}] })), asked(), answered('0'), registering()]);
const withoutCart = paymentOf([
  accepted(anOrder({ cart: [{}] })),
  asked(),
  answered('0'),
  registering(),
  notRegistered({ fateKnown: true, dropCart: true }),
  registering(2, { withCart: false }),
]);
const settings = { hashKeyConfigured: true, hasCart: true };

const code = (value: string, httpStatus = 400): RegisterAnswer => ({
  kind: 'code',
  code: value,
  httpStatus,
  detail: `said ${value}`,
});
const noWord = (bytesLeft: boolean, httpStatus?: number): RegisterAnswer => ({
  kind: 'no_word',
  bytesLeft,
  detail: 'no word',
  ...(httpStatus !== undefined && { httpStatus }),
});

/** The attempt's end as the journal will show it. */
function ended(answer: RegisterAnswer, payment = underWay, differs: Partial<typeof settings> = {}) {
  const end = afterAttempt(answer, payment, { ...settings, ...differs });
  const after = applyFact(payment, { ...end.fact, paymentId: payment.paymentId, atMs: START_MS });
  const { status, cartDropped, bytesLeft } = after.registration;
  return {
    status,
    next: end.next,
    heard: end.heardFromHipay,
    alarmed: end.alarm !== undefined,
    cartDropped,
    bytesLeft,
  };
}

describe('rule 13: only a HiPay body decides', () => {
  test.each(['completed', 'pending'] as const)('%s: registered, with its reference', (state) => {
    const answer: RegisterAnswer = { kind: 'state', state, reference: '8001', detail: '' };
    expect(ended(answer)).toMatchObject({ status: 'registered', next: 'done', heard: true, alarmed: false });
    expect(afterAttempt(answer, underWay, settings).fact).toEqual({
      kind: 'registered',
      reference: '8001',
      hipayOrderId: 'A-1',
    });
  });

  test.each(['declined', 'error', 'forwarding'] as const)('%s: parked', (state) => {
    const answer: RegisterAnswer = { kind: 'state', state, reference: '8001', detail: 'why' };
    expect(ended(answer)).toMatchObject({ status: 'parked', next: 'done', heard: true });
  });

  test.each(['3010001', '3010002'])('%s: parked at once, cart or no cart', (value) => {
    expect(ended(code(value))).toMatchObject({ status: 'parked', next: 'done', heard: true });
  });

  test.each(['1010001', '1010101', '1010203', '1019999'])('%s: once more without the cart, then parked', (value) => {
    expect(ended(code(value))).toMatchObject({ status: 'due', next: 'now', cartDropped: true, bytesLeft: 1 });
    expect(ended(code(value), withoutCart)).toMatchObject({ status: 'parked', next: 'done' });
    expect(ended(code(value), underWay, { hasCart: false })).toMatchObject({ status: 'parked', next: 'done' });
  });

  test('1010101 without a hash key: hourly, and the alarm names the key', () => {
    const end = afterAttempt(code('1010101'), underWay, { hashKeyConfigured: false, hasCart: true });
    expect(end).toMatchObject({ next: 'hourly', alarm: expect.stringContaining('hipay_hash_key') });
    expect(ended(code('1010101'), withoutCart, { hashKeyConfigured: false })).toMatchObject({ status: 'due' });
  });

  test('another 101xxxx without a hash key is still a matter of the form', () => {
    expect(ended(code('1010201'), withoutCart, { hashKeyConfigured: false }).status).toBe('parked');
  });

  test.each(['1000001', '1000003', '1009999', '1020001', '1020002', '1020003'])(
    '%s: the account, hourly, with an alarm that names the code',
    (value) => {
      expect(ended(code(value))).toMatchObject({ status: 'due', next: 'hourly', heard: true, alarmed: true });
      expect(afterAttempt(code(value), underWay, settings).alarm).toContain(value);
    },
  );

  test.each([401, 403])('HTTP %d with a code: hourly, with an alarm', (httpStatus) => {
    expect(ended(code('4000000', httpStatus))).toMatchObject({ status: 'due', next: 'hourly', alarmed: true });
  });

  test.each([401, 403])('HTTP %d without a body of HiPay: an alarm, decided nothing', (httpStatus) => {
    expect(ended(noWord(true, httpStatus))).toMatchObject({ status: 'unclear', alarmed: true, heard: false });
  });

  test.each(['3010003', '3010004', '3010005', '3010006', '3010007', '3010008'])(
    '%s: something is booked under this id; HiPay is asked whose',
    (value) => {
      expect(ended(code(value))).toMatchObject({ status: 'unclear', next: 'look_up', heard: true });
    },
  );

  test.each(['1020004', '3010009', '3020001', '4000001', '9999999'])('%s: tried again', (value) => {
    expect(ended(code(value))).toMatchObject({ status: 'due', next: 'backoff', heard: true, alarmed: false });
  });

  test.each([undefined, 200, 302, 400, 404, 422, 429, 500, 502, 503])(
    'HTTP %s without a body of HiPay: of unknown fate, looked up when it must show',
    (httpStatus) => {
      expect(ended(noWord(true, httpStatus))).toMatchObject({
        status: 'unclear',
        next: 'look_up_later',
        heard: false,
        bytesLeft: 1,
      });
    },
  );

  test('nothing left the machine: tried again, not counted', () => {
    expect(ended(noWord(false))).toMatchObject({ status: 'due', next: 'backoff', heard: false, bytesLeft: 0 });
  });

  test('property: no code but those of the rule ends a registration, whatever HTTP says', () => {
    const parks = /^(101\d{4}|301000[12])$/;
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000_000, max: 9_999_999 }),
        fc.integer({ min: 200, max: 599 }),
        (n, httpStatus) => {
          const { status, next } = ended(code(String(n), httpStatus), withoutCart);
          expect(status === 'registered').toBe(false);
          if (!parks.test(String(n))) expect(status).not.toBe('parked');
          expect(next === 'done').toBe(status === 'parked');
        },
      ),
    );
  });
});

describe('back-off', () => {
  test('doubles from five seconds to five minutes', () => {
    expect([1, 2, 3, 6, 7, 8, 5000].map((failures) => backoffMs(failures, 0))).toEqual([
      5_000, 10_000, 20_000, 160_000, 300_000, 300_000, 300_000,
    ]);
  });

  test('never longer than the most and a fifth, never none: it is never given up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const ms = backoffMs(failures, random);
        expect(ms).toBeGreaterThanOrEqual(centreLimits.retryFirstMs);
        expect(ms).toBeLessThanOrEqual(centreLimits.retryMostMs * 1.2);
      }),
    );
  });
});
