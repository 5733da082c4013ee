import { expect, test } from '@jest/globals';
import { DayReporter } from '../payments/day-report.ts';
import { localDay } from '../payments/local-day.ts';
import { accepted, anOrder, answered, asked, paymentOf, unclear } from '../payments/payment.fixture.ts';
import { reportCsv } from './report-csv.ts';

const DAY = localDay('2026-01-05');

/** The column of a row in which its amount stands. */
function columnsOf(csv: string, record: string): string[] {
  const [head = '', ...rows] = csv.trimEnd().split('\r\n');
  const names = head.split(',');
  const row = rows.find((one) => one.startsWith(`${record},`))?.split(',') ?? [];
  return names.filter((name, i) => ['asked', 'taken'].includes(name) && row[i] !== '');
}

test('what nobody knows to be taken stands as asked, apart, and in no sum of what was taken', () => {
  if (DAY === undefined) throw new Error('no such day');
  const reporter = new DayReporter(DAY);
  const order = anOrder({ amountMinor: 1250 });
  reporter.add(paymentOf([accepted(order), asked(), unclear], 'DOUBT'));
  const report = reporter.finish({ amountMinor: 0, currency: 'EUR' });
  expect(report.totals).toMatchObject([
    { unknown: { count: 1, amountMinor: 1250 }, approved: { count: 0, amountMinor: 0 } },
  ]);
  expect(report.terminal).toMatchObject({ journalMinor: 0, agrees: true });
  const csv = [...reportCsv(report)].join('');
  expect(columnsOf(csv, 'difference:unknown')).toEqual(['asked']);
  expect(columnsOf(csv, 'sum:unknown')).toEqual(['asked']);
});

test('what the terminal said that it took stands as taken, though the outcome is unknown', () => {
  if (DAY === undefined) throw new Error('no such day');
  const reporter = new DayReporter(DAY);
  reporter.add(paymentOf([accepted(anOrder({ amountMinor: 1000 })), asked(), answered('0')], 'TIP'));
  const csv = [...reportCsv(reporter.finish())].join('');
  expect(columnsOf(csv, 'difference:unknown')).toEqual(['taken']);
});
