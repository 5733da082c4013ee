import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cliLimits } from './cli-limits.ts';
import { localTime, named, table, unbroken, wrapped } from './layout.ts';

const WIDE = 'x'.repeat(200);

describe('a table fits a screen', () => {
  test('columns are as wide as they must be; numbers stand at the right', () => {
    expect(
      table(
        [{ head: 'a' }, { head: 'sum', right: true }],
        [
          ['one', '1.00'],
          ['three', '12.00'],
        ],
      ),
    ).toBe(['a       sum', 'one    1.00', 'three 12.00'].join('\n'));
  });

  test('what may give way is cut, evenly', () => {
    const columns = [{ head: 'id' }, { head: 'order', gives: true }, { head: 'HiPay', gives: true }] as const;
    const [, row = ''] = table(columns, [['P1', WIDE, WIDE]]).split('\n');
    expect(row).toBe(`P1 ${'x'.repeat(37)}… ${'x'.repeat(37)}…`);
    expect(table(columns, [['P1', 'short', WIDE]]).split('\n')[1]).toBe(`P1 short ${'x'.repeat(70)}…`);
  });

  test('whatever is in it, no line is longer than the screen, and none is lost', () => {
    const cell = fc.string({ unit: 'grapheme-ascii', maxLength: 120 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
        const columns = [
          { head: 'one', gives: true },
          { head: 'two', gives: true },
        ] as const;
        const lines = table(columns, rows).split('\n');
        expect(lines).toHaveLength(rows.length + 1);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(cliLimits.columns);
      }),
    );
  });
});

describe('sentences fit a screen', () => {
  test('they are broken between words, and indented', () => {
    const text = wrapped(`- ${'word '.repeat(40).trim()}.`);
    const lines = text.split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(cliLimits.columns);
    expect(lines[1]).toMatch(/^ {2}word/);
    expect(text.replaceAll(/\s+/g, ' ')).toBe(`- ${'word '.repeat(40).trim()}.`);
  });

  test('a long word stays whole', () => {
    expect(wrapped(`see ${WIDE}`)).toBe(`see\n  ${WIDE}`);
  });

  test.each([
    "'tp-manager payments resolve 01KB --outcome OUTCOME --note TEXT --by NAME'",
    "('tp-manager stop --hold'),",
    '"sudo usermod -a -G dialout anna",',
    'tp-manager payments resolve,',
    '(tp-manager journal set-aside).',
  ])('a command is copied as a whole: %s', (command) => {
    for (const before of [1, 13, 14, 15]) {
      expect(wrapped(`${'word '.repeat(before)}${command} ${'more '.repeat(20)}`)).toContain(command);
      expect(named({ name: `${'word '.repeat(before)}${command}` })).toContain(command);
    }
  });

  test('nor is one broken of which no sentence shows where it ends', () => {
    const start = "npx tp-manager --config '/tmp/a till/config.yml'";
    expect(wrapped(`${'word '.repeat(12)}${unbroken(start)}`)).toBe(`${'word '.repeat(12).trim()}\n  ${start}`);
  });

  test('names and values', () => {
    expect(named({ a: 'one', long: 'two', none: undefined, empty: '' })).toBe('a     one\nlong  two');
    const [first = '', second = ''] = named({ name: 'word '.repeat(30).trim() }).split('\n');
    expect(first).toMatch(/^name {2}word/);
    expect(second).toMatch(/^ {6}word/);
  });
});

test('times are those of the local clock', () => {
  const at = new Date(2026, 0, 5, 9, 7, 3);
  expect(localTime(at.toISOString())).toBe('01-05 09:07');
  expect(localTime(at.toISOString(), true)).toBe('2026-01-05 09:07:03');
  expect(localTime(undefined)).toBe('');
});
