import fc from 'fast-check';
import type { Json } from '../payments/order.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { checkCart } from './hipay-cart.ts';

type Item = { [key: string]: Json };

function good(changes: Item = {}): Item {
  const item = {
    product_reference: 'A1',
    type: 'good',
    name: 'Apple',
    quantity: 1,
    unit_price: 10,
    tax_rate: 20,
    total_amount: 10,
  };
  return { ...item, ...changes };
}

/** The example of HiPay's shopping cart page: 8.99 + 39.5 + 10 - 5.5 = 52.99. */
const HIPAY_EXAMPLE: Item[] = [
  good({ product_reference: 'A', unit_price: 8.99, total_amount: 8.99 }),
  good({ product_reference: 'B', quantity: 4, unit_price: 10.5, discount: -2.5, total_amount: 39.5 }),
  good({
    product_reference: 'C',
    type: 'fee',
    name: 'Delivery',
    tax_rate: 0,
    quantity: 1,
    unit_price: 10,
    total_amount: 10,
  }),
  good({
    product_reference: 'D',
    type: 'discount',
    name: 'Voucher',
    unit_price: 0,
    discount: -5.5,
    total_amount: -5.5,
  }),
];

describe('a cart that keeps the rules', () => {
  test("HiPay's own example goes out as it is", () => {
    expect(checkCart(HIPAY_EXAMPLE, 5299)).toEqual({ basket: HIPAY_EXAMPLE });
  });

  test.each<[string, Json]>([
    ['one object', good()],
    ['a list', [good()]],
    ['{items}', { items: [good()] }],
  ])('%s is taken', (_shape, cart) => {
    expect(checkCart(cart, 1000)).toEqual({ basket: [good()] });
  });

  test.each<[string, Json]>([
    ['null', null],
    ['an empty list', []],
    ['an empty object', {}],
    ['no items', { items: [] }],
    ['items null', { items: null }],
  ])('%s is no cart, and nothing to warn of', (_shape, cart) => {
    expect(checkCart(cart, 1000)).toEqual({ basket: [] });
  });

  test.each<[string, Item, Item]>([
    [
      'numbers as texts',
      { quantity: '1', unit_price: '10,00', tax_rate: '8.20', total_amount: '10.00' },
      { tax_rate: 8.2 },
    ],
    [
      'an article number written as a number',
      { european_article_numbering: 4006381333931 },
      { european_article_numbering: '4006381333931' },
    ],
    [
      'an article number with leading zeros',
      { european_article_numbering: '0012345678905' },
      { european_article_numbering: '0012345678905' },
    ],
    ['a reference written as a number', { product_reference: 77 }, { product_reference: '77' }],
    [
      'a positive discount that makes the line add up',
      { unit_price: 12, discount: 2 },
      { unit_price: 12, discount: -2 },
    ],
    ['a discount of nothing', { discount: 0 }, { discount: 0 }],
    [
      'three decimals',
      { quantity: 8, unit_price: 1.375, discount: -1 },
      { quantity: 8, unit_price: 1.375, discount: -1 },
    ],
    ['optional texts', { url: 'https://x.test/a.png', shop_id: '7' }, { url: 'https://x.test/a.png', shop_id: '7' }],
    ['absent optional fields', { discount: null, url: '' }, {}],
    ['fields that HiPay does not know', { colour: 'red', nested: { deep: [1] } }, {}],
  ])('%s', (_what, sent, goesOut) => {
    expect(checkCart([good(sent)], 1000)).toEqual({ basket: [good(goesOut)] });
  });
});

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

describe('properties', () => {
  const line = fc.record({
    quantity: fc.integer({ min: 1, max: 500 }),
    unit: fc.integer({ min: 0, max: 500_000 }),
    discount: fc.integer({ min: 0, max: 50_000 }),
  });

  test('any cart of whole cents whose lines and sum add up goes out whole, however many its floating sums miss', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 40 }), (lines) => {
        const totals = lines.map(({ quantity, unit, discount }) => quantity * unit - discount);
        const items = lines.map(({ quantity, unit, discount }, index) =>
          good({
            quantity,
            unit_price: unit / 100,
            discount: -discount / 100,
            total_amount: Number(totals[index]) / 100,
          }),
        );
        const sum = totals.reduce((total, cents) => total + cents, 0);
        expect(checkCart(items, sum)).toEqual({
          basket: items.map((item) => ({ ...item, discount: Number(item.discount) + 0 })),
        });
        expect(checkCart(items, sum + 1).basket).toEqual([]);
      }),
    );
  });

  test('any JSON at all gives a basket that agrees with the amount, or an empty one', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.array(fc.dictionary(fc.string(), fc.jsonValue())));
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 99_999_999 }), (cart, amountMinor) => {
        const { basket } = checkCart(cart as Json, amountMinor);
        const sum = basket.reduce((total, item) => total + Math.round(Number(item.total_amount) * 1000), 0);
        if (basket.length > 0) expect(sum).toBe(amountMinor * 10);
      }),
    );
  });
});
