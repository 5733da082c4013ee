import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { DayReport, ReportLine } from '../payments/day-report.ts';
import type { DayTotal, Sum } from '../payments/day-total.ts';
import type { Difference } from '../payments/report-difference.ts';
import type { ComparedTotal } from '../payments/terminal-total.ts';
import { iso, present } from './journal-body.ts';
import { inPieces } from './send-in-pieces.ts';

/** The end of a day, amounts as text: JSON in pieces, since a day is long (rule 17). */
export function* reportJson(report: DayReport): Iterable<string> {
  const { date, fromMs, toMs, totals, differences, payments, terminal } = report;
  const head = { date, from: iso(fromMs), to: iso(toMs), totals: totals.map(totalBody) };
  yield JSON.stringify(head).slice(0, -1);
  yield ',"differences":[';
  yield* listed(differences, differenceBody);
  yield '],"payments":[';
  yield* listed(payments, lineBody);
  yield terminal === undefined ? ']}' : `],"terminal":${JSON.stringify(terminalBody(terminal))}}`;
}

function* listed<Item>(items: readonly Item[], bodyOf: (item: Item) => Record<string, unknown>): Iterable<string> {
  let comma = '';
  for (const some of inPieces(items)) {
    yield comma + some.map((item) => JSON.stringify(bodyOf(item))).join(',');
    comma = ',';
  }
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

function terminalBody({ currency, amountMinor, journalMinor, gapMinor, ...says }: ComparedTotal) {
  const total = formatMinor(amountMinor);
  return { currency, total, journal: formatMinor(journalMinor), gap: formatMinor(gapMinor), ...says };
}
