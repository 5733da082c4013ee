import fc from 'fast-check';
import type { Json } from '../payments/order.ts';
import { good, type Item } from './cart.fixture.ts';
import { checkCart } from './hipay-cart.ts';

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
