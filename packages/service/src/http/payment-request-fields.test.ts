import { describe, expect, test } from '@jest/globals';
import { orderOf, problemsOf, warningsOf } from './payment-request.fixture.ts';

describe('amounts', () => {
  test.each<[unknown, number]>([
    [0.01, 1],
    [0.29, 29],
    [30.060000000000002, 3006],
    [19.99, 1999],
    [4.35, 435],
    [999999.99, 99999999],
    [10, 1000],
    ['10,23', 1023],
    ['10.23', 1023],
    ['10', 1000],
  ])('%j is %d', (amount, minor) => {
    const order = orderOf({ amount });
    expect(order.amountMinor).toBe(minor);
    expect(order.sent.amount).toBe(amount);
  });

  test.each<[unknown]>([
    [1.005],
    [1000000],
    [0],
    [-5],
    ['1e3'],
    ['10,2,3'],
    [Number.POSITIVE_INFINITY],
    [null],
    [true],
    [''],
    [[]],
    [{}],
    ['-1'],
    ['1.005'],
    [' '],
    ['0,00'],
  ])('%j is refused in one sentence that names the field, what was found and what is expected', (amount) => {
    expect(problemsOf({ amount })).toEqual([expect.stringMatching(/^amount: found .+, expected .+/)]);
  });

  test('no amount at all', () => {
    expect(problemsOf({})).toEqual(['amount: found nothing, expected a number or a text such as 10.23 or "10,23"']);
  });

  test.each(['amont', 'Amount', 'ammount'])('one that is spelt %p is found', (name) => {
    expect(problemsOf({ colour: 1, [name]: 10.23 })).toEqual([
      `amount: found nothing (but ${name}, which may have been meant for it), expected a number or a text such as 10.23 or "10,23"`,
    ]);
  });

  test('what is nearer to another field is not taken for it', () => {
    expect(problemsOf({ cart: [], currency: 'EUR', colour: 1 })).toEqual([
      expect.stringMatching(/^amount: found nothing, /),
    ]);
  });
});

describe('transaction type', () => {
  test.each([
    [{ transaction_type: 'Credit' }, 'Credit'],
    [{ transation_type: 'Credit' }, 'Credit'],
    [{ transaction_type: 'Credit', transation_type: 'Credit' }, 'Credit'],
    [{ transaction_type: null, transation_type: 'Credit' }, 'Credit'],
    [{}, 'Debit'],
  ])('%j is a %s', (fields, type) => {
    expect(orderOf({ amount: 1, order_id: 'A', ...fields }).transactionType).toBe(type);
  });

  test('two that differ are refused', () => {
    expect(problemsOf({ amount: 1, order_id: 'A', transaction_type: 'Debit', transation_type: 'Credit' })).toEqual([
      'transaction_type: found "Debit", and "Credit" as transation_type, expected one of them, or both alike',
    ]);
  });

  test('one that is not configured is refused, and the setting is named', () => {
    const debitOnly = { allowedTransactionTypes: ['Debit'] } as const;
    expect(problemsOf({ amount: 1, order_id: 'A', transation_type: 'Credit' }, debitOnly)).toEqual([
      'transaction_type: found "Credit", expected "Debit" (allowed_transaction_types of config.yml)',
    ]);
  });

  test('rule 1: a Credit needs an order_id of its own', () => {
    for (const orderId of [undefined, null, '', '   ']) {
      expect(problemsOf({ amount: 1, transaction_type: 'Credit', order_id: orderId })).toEqual([
        'order_id: found nothing, expected an order_id of its own, as the transaction_type is Credit',
      ]);
    }
  });
});

describe('order_id', () => {
  test.each([
    ['Order 12/é€', 'Order 12/é€'],
    [42, '42'],
    [-1, '-1'],
    ['😀'.repeat(255), '😀'.repeat(255)],
  ])('%j is %s', (orderId, read) => {
    expect(orderOf({ amount: 1, order_id: orderId })).toMatchObject({ orderId: read, orderIdGiven: true });
  });

  test.each([
    ['a\nb'],
    ['\u0000'],
    ['a\u2028b'],
    ['\ud800'],
    ['\ufffd'],
    ['x'.repeat(256)],
    [1.5],
    [1e300],
    [2 ** 53],
    [true],
    [[]],
  ])('%j is refused', (orderId) => {
    expect(problemsOf({ amount: 1, order_id: orderId })).toEqual([
      expect.stringMatching(/^order_id: found .+, expected a text of 1 to 255/),
    ]);
  });

  test('one of spaces counts as absent, with a warning', () => {
    const body = { amount: 1, order_id: '          ' };
    expect(orderOf(body)).toMatchObject({ orderIdGiven: false, orderId: 'ECR_20260105090807_a1b2c3' });
    expect(warningsOf(body)).toEqual(['order_id: found only spaces, which counts as absent']);
  });
});

test('a currency that is not configured is refused, and the setting is named', () => {
  expect(orderOf({ amount: 1, currency: 'CHF' }).currency).toBe('CHF');
  expect(problemsOf({ amount: 1, currency: 'USD' })).toEqual([
    'currency: found "USD", expected "EUR" or "CHF" (allowed_currencies of config.yml)',
  ]);
  expect(problemsOf({ amount: 1, currency: 'eur' })).toEqual([
    'currency: found "eur", expected three capital letters (ISO 4217)',
  ]);
});

test('what looks like a card number is not repeated', () => {
  const said = [
    ...problemsOf({ amount: '4970 1000 0000 0055' }),
    ...problemsOf({ amount: 1, order_id: 4970100000000055e5 }),
  ].join();
  expect(said).toMatch(/found/);
  expect(said.replaceAll(/\D/g, '')).not.toContain('4970100000');
});
