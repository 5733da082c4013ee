import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Config } from './config/config.ts';
import { hideSecrets, maskDigits, maskReport, redactConfig } from './masked.ts';

const WIDTH = 55;
const field = (text: string) => text.padEnd(WIDTH);

const digits = fc.constantFrom(...'0123456789');
const pan = fc.string({ unit: digits, minLength: 12, maxLength: 19 });

function shownOf(number: string, at: number, masked: string): number {
  return [...number].filter((digit, index) => masked[at + index] === digit).length;
}

describe('the report of the terminal', () => {
  test.each([
    ['a number, two blanks, then text (pyTeliumManager)', '4970101234567890  CB VISA', '497010******7890  CB VISA'],
    ['a number and text after one blank', '4711690463168807 CB', '471169******8807 CB'],
    [
      'a number and zeros without a gap (pyTeliumManager)',
      `4711690463168807${'0'.repeat(39)}`,
      `471169${'*'.repeat(49)}`,
    ],
    ['nothing but zeros', '0'.repeat(WIDTH), `000000${'*'.repeat(49)}`],
    ['19 digits', '6304000000000000000', '630400*********0000'],
    ['20 digits', '63040000000000000001', `630400${'*'.repeat(14)}`],
    ['12 digits', '630400000007', '630400**0007'],
    ['11 digits are no card number', '63040000000', '63040000000'],
    ['a track', '4970101234567890=2512201123456', `497010${'*'.repeat(24)}`],
    ['letters that touch the number', '4970101234567890CB', `497010${'*'.repeat(12)}`],
    ['a number in groups', '4970 1012 3456 7890', '4970 10** **** 7890'],
    ['a number masked by the terminal', '497010******7890', '497010******7890'],
    ['a number of which the terminal masked too little', '4970101234##7890', '497010******7890'],
    ['a number behind blanks', '   4970101234567890', '   497010******7890'],
    ['a number behind letters', 'PAN4970101234567890', 'PAN497010******7890'],
    ['a second number', '4970101234567890  4970101234567891', '497010******7890  497010******7891'],
    ['a cheque line', 'D0416926D031017807908F011519431044B', 'D0416926D031017**7908F011519**1044B'],
    ['no number', 'NOT FILLED', 'NOT FILLED'],
    ['blanks', '', ''],
  ])('%s', (_, report, masked) => {
    expect(maskReport(field(report))).toBe(field(masked));
  });

  test('never shows more than ten digits of a card number, keeps its length, and shows no more when done twice', () => {
    const around = fc.string({ unit: fc.constantFrom(...' 0123456789*#X=ABC-./'), maxLength: 30 });
    fc.assert(
      fc.property(around, pan, around, (before, number, after) => {
        const masked = maskReport(before + number + after);
        expect(masked).toHaveLength(before.length + number.length + after.length);
        expect(shownOf(number, before.length, masked)).toBeLessThanOrEqual(10);
        expect(masked).not.toContain(number);
        const again = [...maskReport(masked)];
        expect(again.every((character, index) => character === masked[index] || character === '*')).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('free text', () => {
  test.each([
    ['paid with 4970101234567890 today', 'paid with 497010******7890 today'],
    ['4970101234567890000000000000', `497010${'*'.repeat(22)}`],
    ['card 4970 1012 3456 7890.', 'card 4970 10** **** 7890.'],
    ['amex 3782-822463-10005', 'amex 3782-82****-*0005'],
    ['order 12345678901, 2026-01-05 14:32:10, 12.50', 'order 12345678901, 2026-01-05 14:32:10, 12.50'],
    ['+33 1 42 68 53 00', '+33 1 42 68 53 00'],
    ['497010******7890', '497010******7890'],
  ])('%p becomes %p', (text, masked) => expect(maskDigits(text)).toBe(masked));

  test('no card number stays whole, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string(), pan, fc.string(), (before, number, after) => {
        const masked = maskDigits(before + number + after);
        expect(masked).not.toContain(number);
        expect(shownOf(number, before.length, masked)).toBeLessThanOrEqual(10);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('secrets', () => {
  const config = {
    hipayPassword: 'Test_qVpL',
    apiPassword: 'pwd',
    hipayHashKey: 'hash',
    httpsProxy: 'http://me:s3cret@proxy.example:3128/',
    hipayLogin: 'login',
  } as Config;

  test('of a configuration are hidden, the rest is shown', () => {
    const shown = redactConfig(config);
    expect(shown).toEqual({
      hipayPassword: '[hidden]',
      apiPassword: '[hidden]',
      hipayHashKey: '[hidden]',
      httpsProxy: 'http://[hidden]@proxy.example:3128/',
      hipayLogin: 'login',
    });
    expect(config.hipayPassword).toBe('Test_qVpL');
  });

  test('that are not configured do not appear', () => {
    const { hipayHashKey: _key, httpsProxy: _proxy, ...less } = config;
    expect(Object.keys(redactConfig(less as Config))).not.toContain('hipayHashKey');
  });

  test('are hidden in a text, one inside another too', () => {
    expect(hideSecrets('abc abcdef x', ['abc', 'abcdef', ''])).toBe('[hidden] [hidden] x');
  });
});
