import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findJsonFault } from './json-position.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['{"amount":NaN}', 1, 11, '"NaN"', 'a value'],
  ['{"amount": 10,23}', 1, 15, '"23"', 'a name in double quotes'],
  ["{'amount': 10}", 1, 2, '"\'amount\'"', 'a name in double quotes or "}"'],
  ['{"amount": 10.23', 1, 17, 'the end', '"," or "}"'],
  ['{\n  "amount": 10\n  "currency": "EUR"\n}', 3, 3, '"\\"currency\\""', '"," or "}"'],
  ['{"amount" 10}', 1, 11, '"10"', '":" after a name'],
  ['{"amount": 10,}', 1, 15, '"}"', 'a name in double quotes'],
  ['[1,]', 1, 4, '"]"', 'a value'],
  ['[', 1, 2, 'the end', 'a value or "]"'],
  ['', 1, 1, 'the end', 'a value'],
  ['{} {}', 1, 4, '"{"', 'nothing more'],
  ['"abc', 1, 5, 'the end', 'the end of a text in double quotes'],
  ['"a\\x"', 1, 3, '"\\\\x\\""', 'an escape such as \\n, \\" or \\u00e9'],
  ['"a\nb"', 1, 3, '"\\n"', 'no control character inside double quotes (write it as an escape)'],
  ['amount=10.23', 1, 1, '"amount=10.23"', 'a value'],
])('%j is wrong where it is wrong', (text, line, column, found, expected) => {
  expect(findJsonFault(text)).toEqual({ line, column, found, expected });
});

test('it finds a fault exactly where JSON.parse finds one', () => {
  const cut = fc.tuple(
    fc.json(),
    fc.nat(),
    fc.nat(3),
    fc.constantFrom('', ',', '"', '\\', '}', ']', ':', '0', ' ', '\n', '-', 'e'),
  );
  fc.assert(
    fc.property(cut, ([text, place, length, instead]) => {
      const at = place % (text.length + 1);
      const broken = text.slice(0, at) + instead + text.slice(at + length);
      expect(findJsonFault(broken) === undefined).toBe(isJson(broken));
    }),
    { numRuns: 2000 },
  );
});

test('a text of a million characters, or brackets, is no trouble', () => {
  expect(findJsonFault(`["${'é'.repeat(1_000_000)}"`)).toMatchObject({ column: 1_000_004, found: 'the end' });
  expect(findJsonFault('['.repeat(1_000_000))).toMatchObject({ column: 1_000_001, found: 'the end' });
});
