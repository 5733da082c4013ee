import { describe, expect, test } from '@jest/globals';
import { WrongUse } from '../wrong-use.ts';
import {
  aCurrency,
  aDay,
  aMoment,
  anAmount,
  aTotal,
  checkOptions,
  idOf,
  oneOf,
  sentence,
  type Wanted,
} from './option-checks.ts';

function problemsOf(...wanted: Wanted[]): string[] {
  try {
    checkOptions('payments x', wanted);
    return [];
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    return error.problems.slice(0, -1);
  }
}

describe('the value of an option', () => {
  test.each<[string, Wanted['check'], good: string[], wrong: string[]]>([
    ['a day', aDay, ['2026-01-05', '2028-02-29'], ['', 'today', '2026-02-29', '05/01/2026', '2026-1-5']],
    ['a moment', aMoment, ['2026-01-05', '2026-01-05T09:30:00Z'], ['', 'now', '2026-01-05 09:30', '09:30']],
    ['an amount', anAmount, ['10', '10,23', '10.23'], ['', '0', '-1', '1,234', '10 EUR']],
    ['a total', aTotal, ['0', '-12.50', '1234567.89', '12,5'], ['', '1.005', '1 234', '12 EUR', '--1']],
    ['a currency', aCurrency, ['EUR', 'CHF'], ['', 'eur', 'EURO', 'XXX']],
    ['one of some words', oneOf('approved', 'refused'), ['approved', 'refused'], ['', 'unknown', 'Approved']],
    ['a sentence', sentence('why', 5), ['x', 'no ti'], ['', ' ', 'no tic']],
    ['an id', idOf('its id'), ['x', '01KDZ7T1C8'], ['']],
  ])('is %s', (_what, check, good, wrong) => {
    for (const text of good) expect([text, check(text)]).toEqual([text, undefined]);
    for (const text of wrong) expect([text, check(text)]).toEqual([text, expect.stringMatching(/\w{3}/)]);
  });
});

test('all that is wrong or missing is named at once, as it is typed', () => {
  const check = oneOf('approved', 'refused', 'unknown');
  expect(
    problemsOf(
      { name: 'PAYMENT', given: undefined, check: idOf('its id'), required: true },
      { name: '--outcome', given: 'maybe', check },
      { name: '--other', given: undefined, check },
      { name: '--good', given: 'refused', check, required: true },
    ),
  ).toEqual(['PAYMENT is missing: give its id', '--outcome: found "maybe", expected approved, refused or unknown']);
});
