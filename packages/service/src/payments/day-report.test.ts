import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY, good, HOUR_MS, orphan, payment } from './day-report.fixture.ts';
import { type DayReport, DayReporter } from './day-report.ts';
import type { DayTotal } from './day-total.ts';
import type { FactBody } from './fact.ts';
import {
  answered,
  asked,
  notSent,
  parked,
  registered,
  registering,
  START_MS,
  settled,
  told,
  unclear,
} from './payment.fixture.ts';
import type { Payment } from './payment.ts';

function reportOf(...payments: Payment[]): DayReport {
  const reporter = new DayReporter(DAY);
  for (const payment of payments) reporter.add(payment);
  return reporter.finish();
}

describe('I12: the end of a day lists each difference', () => {
  test('a good day has none', () => {
    const report = reportOf(payment(good), payment([asked(), answered('7'), told]), payment([notSent, told]));
    expect(report.differences).toEqual([]);
    expect(report.totals).toMatchObject([
      {
        ...{ currency: 'EUR', transactionType: 'Debit' },
        asked: { count: 3, amountMinor: 3750 },
        approved: { count: 1, amountMinor: 1250 },
        refused: { count: 1, amountMinor: 1250 },
        notSent: { count: 1, amountMinor: 1250 },
        unknown: { count: 0, amountMinor: 0 },
        registered: { count: 1, amountMinor: 1250 },
      },
    ]);
  });

  test.each<[string, FactBody[], [string, number | undefined, RegExp][]]>([
    ['running', [asked()], [['running', 1250, /not ended/]]],
    ['unknown', [asked(), unclear, told], [['unknown', 1250, /Nobody knows.*no result in time/]]],
    [
      'another amount taken, unknown',
      [asked(), answered('0', { amountTakenMinor: 1300 }), told],
      [
        ['unknown', 1300, /13\.00 was taken, not 12\.50/],
        ['alarm', undefined, /13\.00 was taken/],
      ],
    ],
    [
      'another amount taken, settled',
      [asked(), answered('0', { amountTakenMinor: 1300 }), settled('approved'), registering(), registered, told],
      [
        ['other_amount', undefined, /13\.00 was taken, 12\.50 was asked/],
        ['settled_by_person', undefined, /Anna settled it as approved: read on the ticket/],
      ],
    ],
    [
      "a person's word alone",
      [asked(), unclear, settled('approved'), registering(), registered, told],
      [['settled_by_person', -1250, /Anna/]],
    ],
    ['a person says no', [asked(), unclear, settled('refused'), told], [['settled_by_person', 1250, /as refused: /]]],
    [
      'a person says no, and so does the terminal later',
      [asked(), unclear, settled('refused'), answered('7', { amountTakenMinor: 0 }), told],
      [['settled_by_person', undefined, /as refused/]],
    ],
    [
      'a person says no, and the terminal had said yes',
      [asked(), answered('0', { amountTakenMinor: 1300 }), settled('refused'), told],
      [['settled_by_person', 1300, /as refused \(the terminal said that 13\.00 was taken\): /]],
    ],
    [
      'contradicted',
      [asked(), unclear, settled('refused'), answered('0'), told],
      [['contradicted', 1250, /after a person had settled it as refused/]],
    ],
    [
      'refused, and approved late',
      [asked(), answered('7'), answered('0'), registering(), registered, told],
      [['alarm', undefined, /after it had been reported as failed/]],
    ],
    [
      'approved after the till had been told otherwise',
      [asked(), unclear, told, answered('0'), registering(), registered],
      [['not_told', undefined, /been told otherwise/]],
    ],
    [
      'never told',
      [asked(), answered('0'), registering(), registered],
      [['not_told', undefined, /never got the result/]],
    ],
    ['waiting for HiPay', [asked(), answered('0'), told], [['waiting', undefined, /not confirmed/]]],
    ['under way to HiPay', [asked(), answered('0'), registering(), told], [['waiting', undefined, /not confirmed/]]],
    [
      'parked',
      [asked(), answered('0'), registering(), parked, told],
      [['parked', undefined, /currency not supported/]],
    ],
  ])('%s', (_what, facts, expected) => {
    const { differences } = reportOf(payment(facts));
    expect(differences.map(({ kind, gapMinor }) => [kind, gapMinor])).toEqual(
      expected.map(([kind, gap]) => [kind, gap]),
    );
    for (const [n, [, , sentence]] of expected.entries()) expect(differences[n]?.sentence).toMatch(sentence);
  });

  test('approved after midnight: told on the day it was asked, and on the day it was answered', () => {
    const late = payment([asked(), answered('0'), registering(), registered, told], {}, DAY.toMs - 1_500);
    expect(reportOf(late).differences).toMatchObject([{ kind: 'other_day', gapMinor: -1250 }]);
    const reporter = new DayReporter({ date: '2026-01-06', fromMs: DAY.toMs, toMs: DAY.toMs + 24 * HOUR_MS });
    reporter.addEarlier(late);
    reporter.addEarlier(payment(good));
    const next = reporter.finish();
    expect(next.differences).toMatchObject([{ kind: 'other_day', gapMinor: 1250, paymentId: 'PAYMENT-1' }]);
    expect(next.totals).toEqual([]);
  });

  test.each([
    ['an approval', orphan('0', '00001250'), { amountMinor: 1250, isTaken: true, currency: 'EUR', gapMinor: 1250 }],
    ['a refusal', orphan('7', '00001250'), { amountMinor: 1250, currency: 'EUR' }],
    ['bytes that say nothing', { ...orphan('0', ''), bytesMasked: '???' }, {}],
  ])('an orphan: %s', (_what, kept, says) => {
    const reporter = new DayReporter(DAY);
    reporter.addOrphan(kept);
    const [difference] = reporter.finish().differences;
    expect(difference).toEqual({
      kind: 'orphan',
      atMs: START_MS,
      isInDoubt: true,
      sentence: expect.stringContaining('no payment'),
      ...says,
    });
  });

  test('sums by currency and direction, whatever is in them', () => {
    const kinds: FactBody[][] = [good, [asked(), answered('7')], [notSent], [asked(), unclear], [asked()]];
    const anyPayment = fc.record({
      facts: fc.constantFrom(...kinds.filter((facts) => facts !== good)),
      amountMinor: fc.integer({ min: 1, max: 99_999_999 }),
      currency: fc.constantFrom('EUR', 'USD'),
      transactionType: fc.constantFrom('Debit' as const, 'Credit' as const),
    });
    fc.assert(
      fc.property(fc.array(anyPayment, { maxLength: 40 }), (made) => {
        const report = reportOf(...made.map(({ facts, ...order }) => payment(facts, order)));
        const askedMinor = made.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        const sumOf = (names: (keyof DayTotal)[]) =>
          report.totals.flatMap((total) => names.map((name) => total[name] as { count: number; amountMinor: number }));
        const add = (sums: { count: number; amountMinor: number }[]) => [
          sums.reduce((sum, { count }) => sum + count, 0),
          sums.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
        ];
        expect(add(sumOf(['asked']))).toEqual([made.length, askedMinor]);
        expect(add(sumOf(['approved', 'refused', 'notSent', 'unknown', 'running']))).toEqual([made.length, askedMinor]);
        expect(report.payments).toHaveLength(made.length);
      }),
    );
  });
});
