import { formatTime } from '@hipay-ecr/shared/format-time.ts';
import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { DayReport, ReportLine } from '../payments/day-report.ts';
import type { DayTotal, Sum } from '../payments/day-total.ts';
import type { Difference } from '../payments/report-difference.ts';
import { inPieces } from './send-in-pieces.ts';

const COLUMNS =
  'record,day,time,payment_id,order_id,transaction_type,currency,asked,outcome,taken,registration,hipay_reference,told,count,text';
type Row = Partial<Record<string, string | number>>;

/**
 * The end of a day for a spreadsheet (RFC 4180): a row for each payment, each difference and each sum; `record` tells
 * which. Amounts have a dot. In pieces, since a day is long (rule 17).
 */
export function* reportCsv(report: DayReport): Iterable<string> {
  const { payments, differences, totals, terminal, date } = report;
  yield `${COLUMNS}\r\n`;
  for (const some of inPieces(payments)) yield written(some.map(paymentRow));
  for (const some of inPieces(differences)) yield written(some.map(differenceRow));
  const rows = totals.flatMap((total) => totalRows(total, date));
  if (terminal !== undefined) {
    const { currency, amountMinor, journalMinor, gapMinor, explanations, unexplained } = terminal;
    const why = unexplained === undefined ? explanations : [unexplained];
    const says = [`journal ${formatMinor(journalMinor)}, gap ${formatMinor(gapMinor)}`, ...why].join('; ');
    rows.push({ record: 'terminal_total', day: date, currency, taken: formatMinor(amountMinor), text: says });
  }
  yield written(rows);
}

function written(rows: Row[]): string {
  const names = COLUMNS.split(',');
  return rows.map((row) => `${names.map((name) => cell(row[name])).join(',')}\r\n`).join('');
}

function paymentRow(line: ReportLine): Row {
  const { paymentId, orderId, atMs, transactionType, currency, askedMinor, takenMinor, reference } = line;
  return {
    ...{ record: 'payment', ...formatTime(atMs, 'en'), payment_id: paymentId, order_id: orderId },
    ...{ transaction_type: transactionType, currency, asked: formatMinor(askedMinor), outcome: line.outcome },
    ...{ registration: line.registration, told: line.isTold ? 'yes' : 'no', text: line.differences.join(' ') },
    ...(takenMinor !== undefined && { taken: formatMinor(takenMinor) }),
    ...(reference !== undefined && { hipay_reference: reference }),
  };
}

function differenceRow({
  kind,
  atMs,
  sentence,
  paymentId,
  orderId,
  amountMinor,
  isTaken,
  currency,
  transactionType,
}: Difference): Row {
  return {
    ...{ record: `difference:${kind}`, ...formatTime(atMs, 'en'), text: sentence },
    ...(paymentId !== undefined && { payment_id: paymentId }),
    ...(orderId !== undefined && { order_id: orderId }),
    ...(transactionType !== undefined && { transaction_type: transactionType }),
    ...(currency !== undefined && { currency }),
    ...(amountMinor !== undefined && { [isTaken ? 'taken' : 'asked']: formatMinor(amountMinor) }),
  };
}

function totalRows({ currency, transactionType, ...sums }: DayTotal, day: string): Row[] {
  return Object.entries(sums).map(([name, { count, amountMinor }]: [string, Sum]) => {
    const money = formatMinor(amountMinor);
    const column =
      name === 'approved' || name === 'registered' || name === 'waiting' || name === 'parked' ? 'taken' : 'asked';
    return { record: `sum:${name}`, day, transaction_type: transactionType, currency, [column]: money, count };
  });
}

/** What begins like a formula would be one in a spreadsheet; order ids and notes come from outside. */
function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  const text = String(value);
  const harmless = typeof value === 'string' && /^[=+@\t\r-](?!\d+\.\d\d$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
