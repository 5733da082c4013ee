import { expect, test } from '@jest/globals';
import { DOCUMENTED_REQUEST } from '../../test/support/documented-request.ts';
import { options, orderOf, problemsOf, warningsOf } from './payment-request.fixture.ts';
import { readPaymentRequest } from './payment-request-body.ts';

test('the documented request, to the letter', () => {
  const { cart, customer, custom_data: customData } = DOCUMENTED_REQUEST;
  expect(readPaymentRequest(DOCUMENTED_REQUEST, options)).toEqual({
    ok: true,
    warnings: [],
    order: {
      orderId: 'Order_12345',
      orderIdGiven: true,
      amountMinor: 1023,
      currency: 'EUR',
      transactionType: 'Debit',
      forceAuthorization: false,
      cart,
      customer,
      customData,
      sent: { amount: '10,23', cart, customer, customData },
      bodyDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  });
});

test('an amount is enough, and null is the same as nothing', () => {
  const bare = orderOf({ amount: 10 });
  const nulls =
    'currency order_id transaction_type transation_type force_authorization cart customer custom_data'.split(' ');
  const other = orderOf({ amount: 10, ...Object.fromEntries(nulls.map((name) => [name, null])) });
  expect(bare).toMatchObject({
    orderId: 'ECR_20260105090807_a1b2c3',
    orderIdGiven: false,
    currency: 'EUR',
    transactionType: 'Debit',
    forceAuthorization: false,
    cart: {},
    customer: {},
    customData: {},
    sent: { amount: 10, cart: {}, customer: {}, customData: {} },
  });
  expect({ ...other, bodyDigest: '' }).toEqual({ ...bare, bodyDigest: '' });
});

test.each([
  [[], 'an empty array'],
  ['10', '"10"'],
  [null, 'null'],
  [5, '5'],
])('a body that is no object: %j', (body, found) => {
  expect(problemsOf(body)).toEqual([`the body: found ${found}, expected a JSON object such as {"amount": 10.23}`]);
});

test('all that is wrong is named at once', () => {
  const body = {
    amount: '-1',
    currency: 'usd',
    force_authorization: 'yes',
    order_id: 1.5,
    custom_data: { a: [], b: 1 },
  };
  const places = problemsOf(body).map((problem) => problem.split(':', 1)[0]);
  expect(places.sort()).toEqual(['amount', 'currency', 'custom_data.a', 'force_authorization', 'order_id']);
});

test('a great many problems are counted, not listed', () => {
  const custom = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`key${n}`, []]));
  const problems = problemsOf({ amount: 1, custom_data: custom });
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toBe('and 480 more');
});

test('an unknown field is ignored with a warning, which names the one that may have been meant', () => {
  expect(warningsOf({ amount: 1, colour: 'red', orderId: 'A' })).toEqual([
    'colour: unknown field, ignored',
    'orderId: unknown field, ignored; order_id may have been meant, without which asking twice can charge twice',
  ]);
});

test('the Idempotency-Key header', () => {
  expect(orderOf({ amount: 1 }, { idempotencyKey: 'k-1' }).idempotencyKey).toBe('k-1');
  expect(orderOf({ amount: 1 })).not.toHaveProperty('idempotencyKey');
  for (const idempotencyKey of ['', 'x'.repeat(256), 'a\tb']) {
    expect(problemsOf({ amount: 1 }, { idempotencyKey })).toEqual([
      expect.stringMatching(/^Idempotency-Key: found .+, expected 1 to 255/),
    ]);
  }
});

test('the same request in another order of keys has the same digest, another one another', () => {
  const digest = orderOf({ amount: 1, cart: { a: 1, b: 2 } }).bodyDigest;
  expect(orderOf({ cart: { b: 2, a: 1 }, amount: 1 }).bodyDigest).toBe(digest);
  expect(orderOf({ cart: { b: 2, a: 3 }, amount: 1 }).bodyDigest).not.toBe(digest);
});
