import type { Order } from '../payments/order.ts';
import type { HipayOrder } from '../payments/ports.ts';
import { orderForm } from './hipay-order.ts';
import { aHipayOrder, anOrder } from './test-order.ts';

function fieldsOf(
  changes: Partial<HipayOrder> = {},
  order: Partial<Order> = {},
  hashKey?: string,
): Record<string, string> {
  return orderForm(aHipayOrder({ order: anOrder(order), ...changes }), hashKey).fields;
}

test('a Debit is written as the passive integration documents it', () => {
  expect(orderForm(aHipayOrder())).toEqual({
    fields: {
      orderid: 'ORDER-1',
      operation: 'Authorization',
      payment_product: 'tpe',
      description: 'POS payment',
      currency: 'EUR',
      amount: '10.23',
      eci: '10',
      initialize_payment_terminal: '0',
      payment_product_parameters: '{"code":"200000","mid":"1234567","acquirer_registrationid":"1234567"}',
      custom_data: '{"ecr_payment_id":"01JGQ0ABCDEFGHJKMNPQRSTVWX"}',
    },
  });
});

test('a Credit has its own operation and code', () => {
  const fields = fieldsOf({}, { transactionType: 'Credit' });
  expect(fields.operation).toBe('Credit');
  expect(JSON.parse(fields.payment_product_parameters ?? '')).toMatchObject({ code: '200350' });
});

test.each([
  [1, '0.01'],
  [10, '0.10'],
  [1000, '10.00'],
  [99_999_999, '999999.99'],
])('%d minor units are the amount %s: what the terminal took, not what was asked', (amountMinor, amount) => {
  expect(fieldsOf({ amountMinor }, { amountMinor: 4242 }).amount).toBe(amount);
});

test('the hash is the lower-case hex SHA-1 of order id, amount, currency and key', () => {
  // printf 'ORDER-110.23EURs3cret' | sha1sum
  const { hash } = JSON.parse(fieldsOf({}, {}, 's3cret').payment_product_parameters ?? '');
  expect(hash).toBe('dbaafe2f13011bb303fafe5f2957b8d745f69016');
});

test('the customer goes along, an address without @ does not', () => {
  const customer = { id: 12, firstname: 'Zoé', lastname: 'Martin', email: 'zoe@example.org' };
  expect(fieldsOf({}, { customer })).toMatchObject({
    cid: '12',
    firstname: 'Zoé',
    lastname: 'Martin',
    email: 'zoe@example.org',
  });
  expect(Object.keys(fieldsOf({}, { customer: { id: '', firstname: ' ', email: 'zoe' } }))).toEqual(
    Object.keys(fieldsOf()),
  );
  expect(fieldsOf({}, { customer: { lastname: 'x'.repeat(256) } })).not.toHaveProperty('lastname');
});

test("rule 11: the till's own data goes along; our payment id stays ours", () => {
  const customData = { store: 'Lyon', first: true, rank: 2.5, ecr_payment_id: 'forged' };
  expect(JSON.parse(fieldsOf({}, { customData }).custom_data ?? '')).toEqual({
    store: 'Lyon',
    first: true,
    rank: 2.5,
    ecr_payment_id: '01JGQ0ABCDEFGHJKMNPQRSTVWX',
  });
});

describe('the cart', () => {
  const cart = {
    product_reference: 'A',
    type: 'good',
    name: 'Apple',
    quantity: 1,
    unit_price: 10.23,
    tax_rate: 20,
    total_amount: 10.23,
  };

  test('goes out as a JSON list', () => {
    expect(fieldsOf({}, { cart }).basket).toBe(JSON.stringify([cart]));
  });

  test('stays away where HiPay refused it before', () => {
    expect(fieldsOf({ withCart: false }, { cart })).not.toHaveProperty('basket');
  });

  test('is left out with a warning where the terminal took another amount', () => {
    const { fields, warning } = orderForm(aHipayOrder({ order: anOrder({ cart }), amountMinor: 1000 }));
    expect(fields).not.toHaveProperty('basket');
    expect(warning).toContain("the total_amounts make 10.23, expected the order's 10.00");
  });
});
