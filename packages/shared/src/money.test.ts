import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatMinor, minorFromText, moneyLimits, parseAmount } from './money.ts';

const anyMinor = fc.integer({ min: 1, max: moneyLimits.mostMinor });

describe('an amount', () => {
  test.each<[unknown, number]>([
    [10.23, 1023],
    ['10.23', 1023],
    ['10,23', 1023],
    [10, 1000],
    ['10', 1000],
    ['10,2', 1020],
    ['0.01', 1],
    [0.01, 1],
    ['000010', 1000],
    [1.15, 115],
    [30.060000000000002, 3006],
    [0.1 + 0.2, 30],
    [4.35, 435],
    [1e3, 100_000],
    [999999.99, 99_999_999],
    ['999999.99', 99_999_999],
    ['999999,9', 99_999_990],
  ])('%p is %p minor units', (value, minor) => {
    expect(parseAmount(value)).toEqual({ ok: true, minor });
  });

  test.each<[unknown]>([
    [0],
    [-0],
    [-1],
    ['-1'],
    ['0'],
    ['0,00'],
    [0.0000001],
    [1.005],
    [10.231],
    [0.001],
    [1000000],
    ['1000000'],
    [999999.999],
    [1e21],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [null],
    [undefined],
    [true],
    [[]],
    [[10]],
    [{}],
    [10n],
    [''],
    [' 10'],
    ['10 '],
    ['10\n'],
    ['+1'],
    ['1e3'],
    ['0x10'],
    ['10,2,3'],
    ['1.234,56'],
    ['.5'],
    ['5.'],
    ['١٠'],
    ['10 EUR'],
  ])('%p is refused with what is expected', (value) => {
    const parsed = parseAmount(value);
    expect(parsed).toEqual({ ok: false, expected: expect.stringContaining('above 0, at most 999999.99') });
  });

  test.each([
    ['10,234', ['"10234" where 10234.00 is meant', '10.234 has a third decimal']],
    ['10,230', ['"10230" where 10230.00 is meant', '"10.23" where 10.230 is']],
    ['1.000', ['"1000" where 1000.00 is meant', '"1.00" where 1.000 is']],
    ['1.234,56', ['("1234.56")']],
    ['1,234.5', ['("1234.5")']],
    ['12 345,60', ['("12345.60")']],
    ["999'999", ['("999999")']],
  ])('%p is refused with the amount that was meant, or both that may have been', (text, hints) => {
    const parsed = parseAmount(text);
    for (const hint of hints) expect(parsed).toEqual({ ok: false, expected: expect.stringContaining(hint) });
  });

  test.each(['0.123', '1,234,56', '1,234,567', '10.2345', '10 23'])('what %p was to be is not guessed', (text) => {
    expect(parseAmount(text)).toEqual({ ok: false, expected: expect.stringContaining('digits such as "10"') });
  });

  test('each amount that is proposed is one, and has the digits that were sent', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{0,2}[., ']\d{3}([.,]\d{1,2})?$/), (text) => {
        const parsed = parseAmount(text);
        for (const [, proposed = ''] of parsed.ok ? [] : parsed.expected.matchAll(/(?:\(|; )"([^"]+)"/g)) {
          expect(parseAmount(proposed)).toMatchObject({ ok: true });
          expect(text.replaceAll(/\D/g, '')).toMatch(new RegExp(`^${proposed.replace('.', '')}0?$`));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('is what it was after it was written and read again, as text with a dot or a comma and as a number', () => {
    fc.assert(
      fc.property(anyMinor, (minor) => {
        const text = formatMinor(minor);
        const same = { ok: true, minor };
        expect(parseAmount(text)).toEqual(same);
        expect(parseAmount(text.replace('.', ','))).toEqual(same);
        expect(parseAmount(JSON.parse(text))).toEqual(same);
      }),
      { numRuns: 2000 },
    );
  });

  test('an honest floating-point sum of prices is their sum', () => {
    const prices = fc.array(fc.integer({ min: 1, max: 499_999 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(prices, (cents) => {
        const minor = cents.reduce((sum, cent) => sum + cent, 0);
        const sum = cents.reduce((total, cent) => total + Number(formatMinor(cent)), 0);
        expect(parseAmount(sum)).toEqual({ ok: true, minor });
      }),
      { numRuns: 1000 },
    );
  });

  test('a number with a third decimal is refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_998 }), fc.integer({ min: 1, max: 9 }), (minor, third) => {
        expect(parseAmount(Number(`${formatMinor(minor)}${third}`)).ok).toBe(false);
      }),
    );
  });

  test('only text of the one form is ever read', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (parseAmount(text).ok) expect(text).toMatch(/^\d{1,6}([.,]\d{1,2})?$/);
      }),
    );
  });
});

test.each([
  [0, '0.00'],
  [5, '0.05'],
  [1023, '10.23'],
  [99_999_999, '999999.99'],
  [-5, '-0.05'],
])('%p minor units are written %p', (minor, text) => expect(formatMinor(minor)).toBe(text));

test.each([1.5, Number.NaN, Number.POSITIVE_INFINITY])('%p is no number of minor units', (minor) => {
  expect(() => formatMinor(minor)).toThrow('minor units');
});

test('zero is read where it is allowed', () => expect(minorFromText('0')).toBe(0));
