import { describe, expect, test } from '@jest/globals';
import { currencyAlpha, currencyNumeric, hasTwoDecimals } from './money.ts';

describe('currencies', () => {
  test.each([
    ['EUR', '978'],
    ['USD', '840'],
    ['ALL', '008'],
    ['AUD', '036'],
    ['ZWG', '924'],
  ])('%s is %s', (alpha, numeric) => {
    expect(currencyNumeric(alpha)).toBe(numeric);
    expect(currencyAlpha(numeric)).toBe(alpha);
    expect(hasTwoDecimals(alpha)).toBe(true);
  });

  test.each(['JPY', 'KWD', 'BHD', 'XOF', 'CLF', 'eur', '', 'XXX', '978', '__proto__'])(
    '%p has not two decimals',
    (alpha) => {
      expect(currencyNumeric(alpha)).toBeUndefined();
      expect(hasTwoDecimals(alpha)).toBe(false);
    },
  );

  test.each(['392', '000', '', '97', 'EUR'])('no currency of two decimals is numbered %p', (numeric) => {
    expect(currencyAlpha(numeric)).toBeUndefined();
  });

  test('each code and each number stands in the list once', async () => {
    const { numericByAlpha } = await import('./iso-4217.ts');
    expect(numericByAlpha.size).toBe(140);
    expect(new Set(numericByAlpha.values()).size).toBe(numericByAlpha.size);
  });

  test('where the platform knows a currency to have another number of decimals, it is absent', async () => {
    const { numericByAlpha } = await import('./iso-4217.ts');
    for (const alpha of [
      'JPY',
      'KRW',
      'VND',
      'CLP',
      'ISK',
      'UGX',
      'TND',
      'JOD',
      'OMR',
      'LYD',
      'IQD',
      'PYG',
      'RWF',
      'XAF',
      'XPF',
    ]) {
      const digits = new Intl.NumberFormat('en', { style: 'currency', currency: alpha }).resolvedOptions();
      expect([alpha, digits.maximumFractionDigits]).not.toEqual([alpha, 2]);
      expect(numericByAlpha.has(alpha)).toBe(false);
    }
  });
});
