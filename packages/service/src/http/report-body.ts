import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { DayReport, DayTotal, ReportLine, Sum } from '../payments/day-report.ts';
import type { Difference } from '../payments/report-difference.ts';
import type { ComparedTotal } from '../payments/terminal-total.ts';
import { iso, present } from './journal-body.ts';

/** The end of a day, amounts as text. */
export function reportBody({
  date,
  fromMs,
  toMs,
  totals,
  differences,
  payments,
  terminal,
}: DayReport): Record<string, unknown> {
  return present({
    ...{ date, from: iso(fromMs), to: iso(toMs) },
    totals: totals.map(totalBody),
    differences: differences.map(differenceBody),
    payments: payments.map(lineBody),
    terminal: terminal && terminalBody(terminal),
  });
}

function totalBody({ currency, transactionType, ...sums }: DayTotal): Record<string, unknown> {
  const written = Object.entries(sums).map(([name, sum]) => [name, sumBody(sum)]);
  return { currency, transactionType, ...Object.fromEntries(written) };
}

function sumBody({ count, amountMinor }: Sum): Record<string, unknown> {
  return { count, amount: formatMinor(amountMinor) };
}

function differenceBody(difference: Difference): Record<string, unknown> {
  const { kind, atMs, sentence, paymentId, orderId, amountMinor, currency, transactionType } = difference;
  const amount = amountMinor === undefined ? undefined : formatMinor(amountMinor);
  return present({ kind, at: iso(atMs), sentence, paymentId, orderId, amount, currency, transactionType });
}

function lineBody(line: ReportLine): Record<string, unknown> {
  const { paymentId, orderId, atMs, transactionType, currency, askedMinor, takenMinor } = line;
  return present({
    ...{ paymentId, orderId, at: iso(atMs), transactionType, currency, asked: formatMinor(askedMinor) },
    outcome: line.outcome,
    taken: takenMinor === undefined ? undefined : formatMinor(takenMinor),
    ...{ registration: line.registration, reference: line.reference, told: line.isTold, differences: line.differences },
  });
}

function terminalBody({ currency, amountMinor, journalMinor, gapMinor, agrees, explanations }: ComparedTotal) {
  const total = formatMinor(amountMinor);
  return { currency, total, journal: formatMinor(journalMinor), gap: formatMinor(gapMinor), agrees, explanations };
}
