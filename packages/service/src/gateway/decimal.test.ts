import fc from 'fast-check';
import { fromThousandths, parseThousandths } from './decimal.ts';

describe('parseThousandths', () => {
  test.each<[unknown, number | undefined]>([
    [10.23, 10230],
    [0.1 + 0.2, 300],
    [30.060000000000002, 30060],
    [1.005, 1005],
    [1.0005, undefined],
    [-5.5, -5500],
    [-0, 0],
    ['8.20', 8200],
    ['8,2', 8200],
    ['+3', 3000],
    [' 12.3450 ', 12345],
    ['-0.001', -1],
    ['-0', 0],
    ['1.2345', undefined],
    ['1e3', undefined],
    ['.5', undefined],
    ['', undefined],
    ['12 EUR', undefined],
    ['9999999999', undefined],
    [1e9, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [true, undefined],
    [null, undefined],
  ])('%p is %p', (value, thousandths) => {
    expect(parseThousandths(value)).toBe(thousandths);
  });

  test('reads back what it writes, as a number and as a text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), (thousandths) => {
        const number = fromThousandths(thousandths);
        expect(parseThousandths(number)).toBe(thousandths);
        expect(parseThousandths(JSON.stringify(number))).toBe(thousandths);
        expect(parseThousandths(number.toFixed(3))).toBe(thousandths);
      }),
    );
  });
});
