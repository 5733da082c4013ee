import { describe, expect, test } from '@jest/globals';
import { DAY, good, HOUR_MS, payment } from './day-report.fixture.ts';
import { type DayReport, DayReporter } from './day-report.ts';
import type { FactBody } from './fact.ts';
import { fold } from './fold.ts';
import type { LocalDay } from './local-day.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  factsOf,
  registered,
  registering,
  settled,
  told,
  unclear,
} from './payment.fixture.ts';
import type { Payment } from './payment.ts';

const NEXT: LocalDay = { date: '2026-01-06', fromMs: DAY.toMs, toMs: DAY.toMs + 24 * HOUR_MS };

const approvedAgain = answered('0', { bytesMasked: 'again' });
const notCompleted = answered('7', { amountTakenMinor: 0 });
const TWO = 'The terminal reported two approvals for this payment.';
const NOT_COMPLETED = 'The terminal said that this payment was not completed, after it had been approved.';
const NONE = 'Nothing in the journal explains it: none of its payments is in doubt that day.';

function reportOf(totalMinor: number, ...payments: Payment[]): DayReport {
  const reporter = new DayReporter(DAY);
  for (const each of payments) reporter.add(each);
  return reporter.finish({ amountMinor: totalMinor, currency: 'EUR' });
}

const explained = ({ terminal }: DayReport) => [terminal?.gapMinor, terminal?.explanations];

describe('I12: what the terminal said once more is tried as what explains the gap', () => {
  test.each<[string, number, FactBody[], string[]]>([
    ['a second approval', 2500, [approvedAgain], [`Order A-1, 12.50: ${TWO}`]],
    ['of another amount', 3250, [answered('0', { amountTakenMinor: 2000 })], [`Order A-1, 20.00: ${TWO}`]],
    ['of none: what was taken', 2500, [answered('0', { amountTakenMinor: 0 })], [`Order A-1, 12.50: ${TWO}`]],
    ['that it was not completed', 0, [notCompleted], [`Order A-1, 12.50: ${NOT_COMPLETED}`]],
    [
      'a second and a third approval',
      3750,
      [approvedAgain, answered('0', { bytesMasked: 'and again' })],
      [`Two together, 12.50 + 12.50 = 25.00: Order A-1, 12.50: ${TWO} — Order A-1, 12.50: ${TWO}`],
    ],
  ])('%s', (_what, totalMinor, more, explanations) => {
    expect(explained(reportOf(totalMinor, payment([...good, ...more])))).toEqual([totalMinor - 1250, explanations]);
  });

  test('of money that was given back, the other way round', () => {
    const credit = (fact: FactBody) => payment([...good, fact], { transactionType: 'Credit' });
    expect(explained(reportOf(-2500, credit(approvedAgain)))).toEqual([-1250, [`Order A-1, 12.50: ${TWO}`]]);
    expect(explained(reportOf(0, credit(notCompleted)))).toEqual([1250, [`Order A-1, 12.50: ${NOT_COMPLETED}`]]);
  });

  test('on top of what the terminal may have taken before', () => {
    const other = payment([asked(), answered('0', { amountTakenMinor: 3000 }), approvedAgain]);
    const [, explanations] = explained(reportOf(4250, other));
    expect(explanations).toEqual([expect.stringMatching(/^Two together, 30\.00 \+ 12\.50 = 42\.50: .*two approvals/)]);
  });

  test('not where the journal does not count it: that it was not completed then explains nothing more', () => {
    const taken = payment([asked(), answered('0', { amountTakenMinor: 3000 }), notCompleted]);
    const { differences } = reportOf(0, taken);
    expect(differences.flatMap(({ kind, gapMinor }) => (kind === 'alarm' ? [gapMinor] : []))).toEqual([
      undefined,
      undefined,
    ]);
    const word = payment([asked(), unclear, settled('approved'), registering(), registered, notCompleted, told]);
    expect(explained(reportOf(0, word))).toEqual([
      -1250,
      ['Order A-1, 12.50: Anna settled it as approved: read on the ticket'],
    ]);
  });

  describe('that it was not completed, told twice: it is undone once', () => {
    const twice = payment([...good, notCompleted, answered('7', { amountTakenMinor: 0, bytesMasked: 'and again' })]);
    const another = { ...payment(good, { orderId: 'A-2' }), paymentId: 'PAYMENT-2' };

    test('it explains its amount, once', () => {
      expect(explained(reportOf(1250, twice, another))).toEqual([-1250, [`Order A-1, 12.50: ${NOT_COMPLETED}`]]);
    });

    test('no sum has it twice', () => {
      const { terminal, differences } = reportOf(0, twice, another);
      expect(differences.map(({ kind, gapMinor }) => [kind, gapMinor])).toEqual([
        ['alarm', -1250],
        ['alarm', undefined],
      ]);
      expect(terminal).toMatchObject({ gapMinor: -2500, explanations: [] });
      expect(terminal?.unexplained).toMatch(
        /In doubt that day, though counted: order A-1 \(answered again\), -12\.50; together -12\.50\.$/,
      );
    });

    test('nor has the report of a later day', () => {
      const at = (body: FactBody) => ({ ...body, paymentId: 'PAYMENT-1', atMs: NEXT.fromMs + HOUR_MS });
      const later = [notCompleted, answered('7', { amountTakenMinor: 0, bytesMasked: 'and again' })].map(at);
      const paid = fold([...factsOf([accepted(anOrder()), ...good]), ...later]);
      const tomorrow = new DayReporter(NEXT);
      if (paid !== undefined) tomorrow.addEarlier(paid);
      const { terminal } = tomorrow.finish({ amountMinor: -2500, currency: 'EUR' });
      expect(terminal?.explanations).toEqual([]);
    });
  });

  test('in the currency that it names', () => {
    const dollars = payment([...good, answered('0', { amountTakenMinor: 1400, currencyNumeric: '840' })]);
    const { differences } = reportOf(1250, dollars);
    expect(differences).toMatchObject([{ kind: 'alarm', gapMinor: 1400, amountMinor: 1400, currency: 'USD' }]);
    const nameless = payment([...good, answered('0', { currencyNumeric: '392' })]);
    expect(reportOf(1250, nameless).differences[0]).not.toHaveProperty('gapMinor');
  });

  test('until a person has said what happened', () => {
    const { terminal, differences } = reportOf(2500, payment([...good, approvedAgain, settled('approved')]));
    expect(differences.map(({ kind }) => kind)).toEqual(['settled_by_person']);
    expect(terminal?.unexplained).toBe(NONE);
  });

  test.each<[string, FactBody, number]>([
    ['a second approval', approvedAgain, 1250],
    ['that it was not completed', notCompleted, -1250],
  ])('%s, on a later day: it is that day’s', (_what, fact, gapMinor) => {
    const later = { ...fact, paymentId: 'PAYMENT-1', atMs: NEXT.fromMs + HOUR_MS };
    const paid = fold([...factsOf([accepted(anOrder()), ...good]), later]);
    if (paid === undefined) throw new Error('A payment needs facts.');
    const [today] = reportOf(1250, paid).differences;
    expect(today).toMatchObject({ kind: 'alarm', sentence: expect.stringContaining('terminal') });
    expect(today).not.toHaveProperty('gapMinor');
    const tomorrow = new DayReporter(NEXT);
    tomorrow.addEarlier(paid);
    const { differences, terminal } = tomorrow.finish({ amountMinor: gapMinor, currency: 'EUR' });
    expect(differences).toMatchObject([{ kind: 'alarm', gapMinor, amountMinor: 1250, orderId: 'A-1' }]);
    expect(terminal?.explanations).toHaveLength(1);
  });
});
