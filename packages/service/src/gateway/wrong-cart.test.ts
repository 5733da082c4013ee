import type { Json } from '../payments/order.ts';
import { good, type Item } from './cart.fixture.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { checkCart } from './hipay-cart.ts';

describe('a cart that breaks a rule goes out empty, and the warning says why', () => {
  const without = (name: string): Item => Object.fromEntries(Object.entries(good()).filter(([key]) => key !== name));
  test.each<[string, Json, string]>([
    ['a text', 'apples', 'cart: found "apples", expected an object'],
    ['a number', 3, 'cart: found 3, expected'],
    ['items that are no list', { items: 'x' }, 'cart: found an object, expected'],
    ['an item that is no object', [good(), 5], 'cart item 2: found 5, expected an object'],
    ['an item that is a list', [[good()]], 'cart item 1: found a list, expected an object'],
    ...['product_reference', 'type', 'name', 'quantity', 'unit_price', 'tax_rate', 'total_amount'].map(
      (name): [string, Json, string] => [`no ${name}`, [without(name)], `cart item 1: ${name} is missing, expected`],
    ),
    ['a type HiPay does not have', [good({ type: 'service' })], 'type is "service", expected good, discount, fee'],
    ['an empty name', [good({ name: ' ' })], 'name is " ", expected a text'],
    ['a name that is a number', [good({ name: 5 })], 'name is 5, expected a text'],
    ['a name too long', [good({ name: 'x'.repeat(gatewayLimits.textCharacters + 1) })], 'expected a text of 1 to 255'],
    ['a quantity of 0', [good({ quantity: 0 })], 'quantity is 0, expected a whole number from 1'],
    ['half a quantity', [good({ quantity: 1.5 })], 'quantity is 1.5, expected a whole number'],
    [
      'a price of four decimals',
      [good({ unit_price: 1.2345 })],
      'unit_price is 1.2345, expected a decimal number of at most 3',
    ],
    ['a price that is true', [good({ unit_price: true })], 'unit_price is true, expected'],
    ['a price that is an object', [good({ unit_price: { a: 1 } })], 'unit_price is an object, expected'],
    ['a negative tax rate', [good({ tax_rate: -1 })], 'tax_rate is -1, expected'],
    [
      'a category HiPay does not have',
      [good({ product_category: 17 })],
      'product_category is 17, expected a whole number from 1 to 16',
    ],
    [
      'a line that does not add up',
      [good({ quantity: 2 })],
      'total_amount is 10, expected unit_price 10 × quantity 2 + discount 0 = 20',
    ],
    [
      'a positive discount that was added',
      [good({ discount: 2, total_amount: 12 })],
      'total_amount is 12, expected unit_price 10',
    ],
    [
      'another sum than the order',
      [good({ unit_price: 9.99, total_amount: 9.99 })],
      "the total_amounts make 9.99, expected the order's 10.00",
    ],
    [
      'a sum off by a thousandth',
      [good({ unit_price: 10.001, total_amount: 10.001 })],
      "make 10.001, expected the order's 10.00",
    ],
    ['too many items', Array.from({ length: 501 }, () => good()), 'cart: found 501 items, expected at most 500'],
  ])('%s', (_what, cart, reason) => {
    const { basket, warning } = checkCart(cart, 1000);
    expect(basket).toEqual([]);
    expect(warning).toContain(reason);
  });

  test('the warning shows no card number, and of a long value only its beginning', () => {
    for (const number of ['4970100081814329', '4970 1000 8181 4329', 4970100081814329]) {
      const { warning } = checkCart([good({ unit_price: number })], 1000);
      expect(warning).toContain('4970');
      expect(warning).not.toContain('8181');
    }
    expect(checkCart([good({ type: 'z'.repeat(5000) })], 1000).warning?.length).toBeLessThan(250);
  });
});
