import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { DayTotal } from './day-total.ts';
import type { Difference } from './report-difference.ts';

/** What a person reads off the terminal: what came in less what went out. */
export interface TerminalTotal {
  amountMinor: number;
  currency: string;
}

export interface ComparedTotal extends TerminalTotal {
  /** The journal's: approved debits less approved credits. */
  journalMinor: number;
  /** The terminal's less the journal's. */
  gapMinor: number;
  agrees: boolean;
  /** What alone would explain the gap, to the cent. */
  explanations: string[];
}

/** Holds the day against the terminal's own total. */
export function compareTotal(
  { totals, differences }: { totals: DayTotal[]; differences: Difference[] },
  { amountMinor, currency }: TerminalTotal,
): ComparedTotal {
  const journalMinor = totals
    .filter((total) => total.currency === currency)
    .reduce((sum, { approved, transactionType }) => sum + sign(transactionType) * approved.amountMinor, 0);
  const gapMinor = amountMinor - journalMinor;
  const agrees = gapMinor === 0;
  const candidates = differences.filter((difference) => difference.currency === currency);
  return {
    amountMinor,
    currency,
    journalMinor,
    gapMinor,
    agrees,
    explanations: agrees ? [] : explain(gapMinor, candidates),
  };
}

function explain(gapMinor: number, differences: Difference[]): string[] {
  const alone = differences.filter((difference) => difference.gapMinor === gapMinor).map(oneAlone);
  const doubtful = differences.filter(({ kind, gapMinor: gap }) => kind === 'unknown' && gap !== undefined);
  const together = doubtful.reduce((sum, { gapMinor: gap = 0 }) => sum + gap, 0);
  const allUnknown =
    doubtful.length > 1 && together === gapMinor
      ? [`All ${doubtful.length} payments of unknown outcome were paid: together they are ${formatMinor(together)}.`]
      : [];
  return [...alone, ...allUnknown];
}

function oneAlone({ kind, orderId, amountMinor, sentence }: Difference): string {
  const money = amountMinor === undefined ? '' : `, ${formatMinor(amountMinor)}`;
  return kind === 'orphan' ? sentence : `Order ${orderId}${money}: ${sentence}`;
}

function sign(transactionType: 'Debit' | 'Credit'): number {
  return transactionType === 'Credit' ? -1 : 1;
}
