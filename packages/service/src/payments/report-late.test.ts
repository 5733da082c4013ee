import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DAY, HOUR_MS } from './day-report.fixture.ts';
import { type DayReport, DayReporter } from './day-report.ts';
import type { Fact, FactBody } from './fact.ts';
import { fold } from './fold.ts';
import type { LocalDay } from './local-day.ts';
import { accepted, anOrder, answered, asked, settled, unclear } from './payment.fixture.ts';
import type { Payment } from './payment.ts';
import type { TerminalTotal } from './terminal-total.ts';

const NEXT: LocalDay = { date: '2026-01-06', fromMs: DAY.toMs, toMs: DAY.toMs + 24 * HOUR_MS };

/** What happened on the day on which the till asked, and what on the next one. */
function over(today: FactBody[], tomorrow: FactBody[], order = anOrder()): Payment {
  const at = (bodies: FactBody[], firstMs: number): Fact[] =>
    bodies.map((body, i) => ({ ...body, paymentId: 'PAYMENT-1', atMs: firstMs + i * 1_000 }));
  const facts = [
    ...at([accepted(order), asked(), ...today], DAY.toMs - HOUR_MS),
    ...at(tomorrow, NEXT.fromMs + HOUR_MS),
  ];
  const payment = fold(facts);
  if (payment === undefined) throw new Error('A payment needs facts.');
  return payment;
}

function reportsOf(payment: Payment, terminal?: TerminalTotal): { today: DayReport; tomorrow: DayReport } {
  const reporters = { today: new DayReporter(DAY), tomorrow: new DayReporter(NEXT) };
  reporters.today.add(payment);
  reporters.tomorrow.addEarlier(payment);
  return { today: reporters.today.finish(terminal), tomorrow: reporters.tomorrow.finish(terminal) };
}

function gapsOf({ differences }: DayReport): unknown[][] {
  return differences.flatMap(({ kind, gapMinor, currency }) =>
    gapMinor === undefined ? [] : [[kind, gapMinor, currency]],
  );
}

const other = answered('0', { amountTakenMinor: 1300 });
const elsewhere = answered('0', { amountTakenMinor: 1400, currencyNumeric: '840' });
const no = settled('refused');

describe('I12: what the terminal approves on a later day it counts on that day, however the payment stands', () => {
  test.each<[string, Payment, number, string]>([
    ['contradicted', over([unclear, no], [answered('0')]), 1250, 'contradicted'],
    ['of another amount, unknown', over([], [other]), 1300, 'unknown'],
    ['contradicted, and refused again', over([unclear, no], [answered('0'), no]), 1250, 'settled_by_person'],
  ])('%s', (_what, payment, amountMinor, kind) => {
    const { today, tomorrow } = reportsOf(payment, { amountMinor, currency: 'EUR' });
    expect(tomorrow.differences).toMatchObject([
      { kind: 'other_day', gapMinor: amountMinor, amountMinor, isTaken: true },
    ]);
    expect(tomorrow.differences[0]?.sentence).toContain(`The journal has it as ${payment.state}`);
    expect(tomorrow.terminal?.explanations).toEqual([expect.stringContaining('the terminal counts it here')]);
    expect(today.differences.map((difference) => difference.kind)).toEqual(expect.arrayContaining([kind, 'other_day']));
    expect(gapsOf(today)).toEqual([]);
  });

  test('a refusal on a later day is no money that it counts', () => {
    const { today, tomorrow } = reportsOf(over([unclear], [answered('7')]));
    expect([today.differences, tomorrow.differences]).toEqual([[], []]);
  });

  test('what a person says of the amount is not what the terminal counts', () => {
    const payment = over([unclear, settled('approved', { amountTakenMinor: 950 })], [answered('0')]);
    const { today, tomorrow } = reportsOf(payment);
    expect(gapsOf(today)).toEqual([['other_day', -950, 'EUR']]);
    expect(gapsOf(tomorrow)).toEqual([['other_day', 1250, 'EUR']]);
    const sameDay = reportsOf(over([other, settled('approved', { amountTakenMinor: 1250 })], [])).today;
    expect(gapsOf(sameDay)).toEqual([['settled_by_person', 50, 'EUR']]);
  });

  test('another currency: nothing is missing in that of the order, and it is told where it is', () => {
    expect(gapsOf(reportsOf(over([elsewhere], [])).today)).toEqual([['other_amount', 1400, 'USD']]);
    const late = reportsOf(over([], [elsewhere]));
    expect([gapsOf(late.today), gapsOf(late.tomorrow)]).toEqual([[], [['other_amount', 1400, 'USD']]]);
    const given = reportsOf(over([elsewhere, settled('approved', { amountTakenMinor: 1200 })], [])).today;
    expect(gapsOf(given)).toEqual([
      ['settled_by_person', -1200, 'EUR'],
      ['other_amount', 1400, 'USD'],
    ]);
    const nameless = reportsOf(over([answered('0', { amountTakenMinor: 5000, currencyNumeric: '392' })], [])).today;
    expect(gapsOf(nameless)).toEqual([]);
    const told = nameless.differences.find(({ kind }) => kind === 'other_amount');
    expect(told?.sentence).toContain('50.00 of currency 392');
    expect(told).not.toHaveProperty('currency');
  });

  test('property: on each day the terminal is above the journal by the gaps that the report names', () => {
    const words = fc.constantFrom<FactBody>(answered('7'), other, answered('0'), unclear, no, settled('approved'));
    const some = fc.array(words, { maxLength: 4 });
    fc.assert(
      fc.property(
        some,
        some,
        fc.constantFrom('Debit' as const, 'Credit' as const),
        (today, tomorrow, transactionType) => {
          const payment = over(today, tomorrow, anOrder({ transactionType }));
          const { answer, state, terminalTookMinor = 0, amountTakenMinor = 0 } = payment;
          // Where the terminal has not said that it approved, nobody knows what it counts.
          fc.pre(answer?.stat === '0');
          const sign = transactionType === 'Credit' ? -1 : 1;
          const counted = (day: LocalDay) =>
            (answer?.atMs ?? 0) >= day.fromMs && (answer?.atMs ?? 0) < day.toMs ? sign * terminalTookMinor : 0;
          const journalMinor = state === 'approved' ? sign * amountTakenMinor : 0;
          // What the terminal said once more may move it besides: only the terminal knows.
          const stand = (report: DayReport) => report.differences.filter((difference) => difference.kind !== 'alarm');
          const sum = (report: DayReport) => stand(report).reduce((all, { gapMinor = 0 }) => all + gapMinor, 0);
          const reports = reportsOf(payment);
          expect(sum(reports.today)).toBe(counted(DAY) - journalMinor);
          expect(sum(reports.tomorrow)).toBe(counted(NEXT));
        },
      ),
    );
  });
});
