import { describe, expect, test } from '@jest/globals';
import { orderOf, problemsOf, warningsOf } from './payment-request.fixture.ts';

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
