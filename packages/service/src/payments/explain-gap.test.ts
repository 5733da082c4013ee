import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Candidate, explainGap, explainGapLimits, isNotCounted, sumOf } from './explain-gap.ts';

const anyCandidate: fc.Arbitrary<Candidate> = fc.record({
  kind: fc.constantFrom('unknown', 'settled_by_person', 'other_day'),
  atMs: fc.constant(0),
  sentence: fc.constant('a sentence'),
  // Few amounts and few payments: many a sum fits, and some candidates are of one payment.
  paymentId: fc.integer({ min: 1, max: 30 }).map(String),
  gapMinor: fc.integer({ min: -8, max: 8 }).filter((gap) => gap !== 0),
  transactionType: fc.constantFrom('Debit', 'Credit'),
});
const anyDay = fc.array(anyCandidate, { maxLength: 12 });

describe('what would explain a gap', () => {
  test('whatever is proposed adds up to the gap, of payments each but once', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20, max: 20 }), (day, gapMinor) => {
        for (const { of } of explainGap(gapMinor, day)) {
          expect(sumOf(of)).toBe(gapMinor);
          expect(new Set(of.map(({ paymentId }) => paymentId)).size).toBe(of.length);
        }
      }),
    );
  });

  test('one, two or all that make the gap are found', () => {
    const some = fc.uniqueArray(anyCandidate, { minLength: 1, maxLength: 12, selector: ({ paymentId }) => paymentId });
    const chosen = fc.constantFrom<[string, (day: Candidate[]) => Candidate[]]>(
      ['one', (day) => day.slice(-1)],
      ['two', (day) => day.slice(0, 2)],
      ['all in doubt', (day) => day.filter(({ kind }) => kind === 'unknown')],
      ['all not counted', (day) => day.filter(isNotCounted)],
      ['all', (day) => day],
    );
    fc.assert(
      fc.property(some, chosen, (day, [, choose]) => {
        const gapMinor = sumOf(choose(day));
        fc.pre(choose(day).length > 0);
        expect(explainGap(gapMinor, day)).not.toEqual([]);
      }),
    );
  });

  test('a day full of one amount: the first few, in the order of the day, and at once', () => {
    const day = Array.from({ length: 20_000 }, (_, n): Candidate => {
      return { kind: 'unknown', atMs: n, sentence: '', paymentId: String(n), gapMinor: 10, transactionType: 'Debit' };
    });
    const proposed = (gapMinor: number) => explainGap(gapMinor, day).map(({ of }) => of.map(({ atMs }) => atMs));
    expect(proposed(10)).toEqual([[0], [1], [2], [3], [4]]);
    expect(proposed(20)).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 3],
      [1, 3],
    ]);
    expect(proposed(20)).toHaveLength(explainGapLimits.mostProposed);
    expect(proposed(30)).toEqual([]);
    expect(explainGap(200_000, day)).toMatchObject([{ by: 'all in doubt', of: { length: 20_000 } }]);
  });
});
