import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Order } from '../payments/order.ts';
import { compileSchema } from './compile-schema.ts';
import { openapi } from './openapi.ts';
import { type PaymentRequestOptions, readPaymentRequest } from './payment-request-body.ts';

const options: PaymentRequestOptions = {
  allowedCurrencies: ['EUR', 'CHF'],
  allowedTransactionTypes: ['Debit', 'Credit'],
  nowMs: () => Date.UTC(2026, 0, 5, 9, 8, 7),
  randomHex: (digits) => 'a1b2c3d4'.slice(0, digits),
};

function orderOf(body: unknown, more: Partial<PaymentRequestOptions> = {}): Order {
  const read = readPaymentRequest(body, { ...options, ...more });
  if (!read.ok) throw new Error(read.problems.join('; '));
  return read.order;
}

function problemsOf(body: unknown, more: Partial<PaymentRequestOptions> = {}): string[] {
  const read = readPaymentRequest(body, { ...options, ...more });
  return read.ok ? [] : read.problems;
}

function warningsOf(body: unknown): string[] {
  const read = readPaymentRequest(body, options);
  if (!read.ok) throw new Error(read.problems.join('; '));
  return read.warnings;
}

test('the documented request, to the letter', () => {
  const cart = {
    european_article_numbering: 4711892728946,
    product_reference: 'NF-a1690',
    type: 'good',
    quantity: 1,
    name: 'My first product',
    unit_price: 8.99,
    tax_rate: 0,
    discount: 0,
    total_amount: 8.99,
  };
  const customer = { id: 283749291, firstname: 'John', lastname: 'Doe', email: 'john@example.com' };
  const customData = { shop: 'Opera', vendor: 'Mario', newCustomer: true, event: 42 };
  const body = {
    amount: '10,23',
    currency: 'EUR',
    order_id: 'Order_12345',
    transation_type: 'Debit',
    force_authorization: false,
    cart,
    customer,
    custom_data: customData,
  };
  expect(readPaymentRequest(body, options)).toEqual({
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

describe('cart', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);

  test.each([[{ a: 1 }], [[{ a: 1 }]], [{ items: [{ type: 'nonsense' }] }], [[1, 'x']], [[]]])(
    '%j goes through as it is',
    (cart) => {
      expect(orderOf({ amount: 1, cart })).toMatchObject({ cart, sent: { cart } });
      expect(warningsOf({ amount: 1, cart })).toEqual([]);
    },
  );

  test.each([['text'], [5], [true]])('%j never refuses the payment', (cart) => {
    expect(orderOf({ amount: 1, cart })).toMatchObject({ cart: {}, sent: { cart } });
    expect(warningsOf({ amount: 1, cart })).toEqual([expect.stringMatching(/^cart: found a .+; left out$/)]);
  });

  test.each([
    ['too deep', deep],
    ['too large', ['x'.repeat(300_000)]],
  ])('one that is %s is left out', (_how, cart) => {
    expect(orderOf({ amount: 1, cart })).toMatchObject({ cart: {}, sent: { cart: {} } });
    expect(warningsOf({ amount: 1, cart })).toEqual([expect.stringMatching(/^cart: left out/)]);
  });
});

describe('customer', () => {
  test('both spellings of the names', () => {
    const customer = { id: 'C1', firstName: 'Zoé', lastName: 'Doe', email: null };
    expect(orderOf({ amount: 1, customer })).toMatchObject({
      customer: { id: 'C1', firstname: 'Zoé', lastname: 'Doe' },
      sent: { customer },
    });
    expect(warningsOf({ amount: 1, customer })).toEqual([]);
  });

  test('a field of the wrong type is dropped, and its content is not in the warning', () => {
    const customer = {
      id: ['secret'],
      firstname: 5,
      firstName: 'Zoé',
      lastname: 'x'.repeat(256),
      email: { a: 'secret' },
    };
    expect(orderOf({ amount: 1, customer }).customer).toEqual({ firstname: 'Zoé' });
    const warnings = warningsOf({ amount: 1, customer });
    expect(warnings.map((warning) => warning.split(':', 1)[0])).toEqual([
      'customer.id',
      'customer.firstname',
      'customer.lastname',
      'customer.email',
    ]);
    expect(warnings.join()).not.toMatch(/secret|Zoé/);
  });

  test.each([['John'], [5], [[1]], [false]])('%j never refuses the payment', (customer) => {
    expect(orderOf({ amount: 1, customer })).toMatchObject({ customer: {}, sent: { customer } });
    expect(warningsOf({ amount: 1, customer })).toHaveLength(1);
  });

  test('the empty array that PHP writes is an empty customer', () => {
    expect(orderOf({ amount: 1, customer: [] })).toMatchObject({ customer: {}, sent: { customer: {} } });
    expect(warningsOf({ amount: 1, customer: [] })).toEqual([]);
  });
});

describe('custom_data', () => {
  test('scalars stay, null is dropped with a warning, the answer gets back what was sent', () => {
    const body = { amount: 1, custom_data: { a: true, b: 1.5, c: 'x', d: null } };
    expect(orderOf(body)).toMatchObject({
      customData: { a: true, b: 1.5, c: 'x' },
      sent: { customData: body.custom_data },
    });
    expect(orderOf(body).customData).not.toHaveProperty('d');
    expect(warningsOf(body)).toEqual(['custom_data.d: found null; left out']);
  });

  test('a name that means something to JavaScript is a name', () => {
    const body = JSON.parse('{"amount":1,"custom_data":{"__proto__":"x","constructor":1}}');
    expect(Object.entries(orderOf(body).customData)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 1],
    ]);
  });

  test('the empty array that PHP writes counts as absent', () => {
    expect(orderOf({ amount: 1, custom_data: [] })).toMatchObject({ customData: {}, sent: { customData: {} } });
  });

  test.each([
    [{ a: {} }],
    [{ a: [1] }],
    [[1]],
    ['x'],
    [5],
    [{ a: Number.POSITIVE_INFINITY }],
    [{ a: 'x'.repeat(70_000) }],
  ])('%# is refused', (customData) => {
    expect(problemsOf({ amount: 1, custom_data: customData })).toEqual([expect.stringMatching(/^custom_data/)]);
  });
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

test('what looks like a card number is not repeated', () => {
  const said = [
    ...problemsOf({ amount: '4970 1000 0000 0055' }),
    ...problemsOf({ amount: 1, order_id: 4970100000000055e5 }),
  ].join();
  expect(said).toMatch(/found/);
  expect(said.replaceAll(/\D/g, '')).not.toContain('4970100000');
});

test('the same request in another order of keys has the same digest, another one another', () => {
  const digest = orderOf({ amount: 1, cart: { a: 1, b: 2 } }).bodyDigest;
  expect(orderOf({ cart: { b: 2, a: 1 }, amount: 1 }).bodyDigest).toBe(digest);
  expect(orderOf({ cart: { b: 2, a: 3 }, amount: 1 }).bodyDigest).not.toBe(digest);
});

test('whatever JSON comes in: an order or problems, and what is accepted fits the published schema', () => {
  const published = compileSchema(openapi([], '1.0.0', 8888).components.schemas.PaymentRequest ?? {});
  const any = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
  const field = <Value>(good: fc.Arbitrary<Value>) => fc.oneof({ weight: 4, arbitrary: good }, any);
  const near = fc.record(
    {
      amount: field(
        fc.oneof(
          fc.integer({ min: 1, max: 99999999 }).map((minor) => minor / 100),
          fc.constantFrom('10,23', '7'),
        ),
      ),
      currency: field(fc.constantFrom('EUR', 'CHF')),
      order_id: field(fc.oneof(fc.string(), fc.integer())),
      transaction_type: field(fc.constantFrom('Debit', 'Credit')),
      transation_type: field(fc.constantFrom('Debit', 'Credit')),
      force_authorization: field(fc.boolean()),
      cart: any,
      customer: field(fc.record({ id: any, firstName: any, lastname: any, email: any }, { requiredKeys: [] })),
      custom_data: field(
        fc.dictionary(fc.string(), fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.constant(null))),
      ),
    },
    { requiredKeys: [] },
  );
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 5, arbitrary: near }, any), (body) => {
      const read = readPaymentRequest(body, options);
      if (read.ok) {
        accepted += 1;
        expect(published(body)).toBe(true);
        const { order } = read;
        expect(Number.isInteger(order.amountMinor) && order.amountMinor >= 1 && order.amountMinor <= 99999999).toBe(
          true,
        );
        expect(order.orderId).not.toBe('');
      } else {
        refused += 1;
        expect(read.problems.length).toBeGreaterThan(0);
        for (const problem of read.problems) expect(problem).toMatch(/: found .*, expected |^and \d+ more$/s);
      }
    }),
    { numRuns: 2000 },
  );
  expect(accepted).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(50);
});
