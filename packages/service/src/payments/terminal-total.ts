import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { DayTotal } from './day-total.ts';
import {
  type Candidate,
  type Explanation,
  explainGap,
  isCandidate,
  isNotCounted,
  oneOfEach,
  sumOf,
} from './explain-gap.ts';
import type { Difference, DifferenceKind } from './report-difference.ts';

export const terminalTotalLimits = {
  /** One by one; the report lists each of the others, too. */
  mostNamed: 10,
} as const;

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
  /** What would explain the gap, to the cent. */
  explanations: string[];
  /** Where nothing does: what is in doubt all the same. */
  unexplained?: string;
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
  const compared = { amountMinor, currency, journalMinor, gapMinor, agrees };
  if (agrees) return { ...compared, explanations: [] };
  const candidates = differences.filter((difference) => difference.currency === currency).filter(isCandidate);
  const explanations = explainGap(gapMinor, candidates).map(inWords);
  if (explanations.length > 0) return { ...compared, explanations };
  return { ...compared, explanations, unexplained: unexplained(candidates, differences, currency) };
}

function inWords({ by, of }: Explanation): string {
  if (by === 'one') return of.map((one) => oneAlone(one)).join('');
  if (by === 'two') return `Two together, ${addedUp(of)}: ${of.map((one) => oneAlone(one)).join(' — ')}`;
  const who = {
    'all in doubt': 'in doubt',
    'all not counted': 'that may have been taken, and are not counted',
    all: 'that may not be as the journal counts them',
  }[by];
  return `All ${of.length} ${who}, together ${formatMinor(sumOf(of))}: ${named(of)}.`;
}

/** What there is to look at all the same, whatever amount it is about, and on whichever day the terminal counts that. */
function unexplained(candidates: Candidate[], differences: Difference[], ofTotal: string): string {
  const inDoubt = differences.filter(({ isInDoubt }) => isInDoubt).map((one) => oneAlone(one, ofTotal));
  if (candidates.length === 0 && inDoubt.length > 0) {
    return `No amount in the journal explains it. In doubt that day all the same: ${firstOf(inDoubt).join(' — ')}`;
  }
  if (candidates.length === 0) return 'Nothing in the journal explains it: none of its payments is in doubt that day.';
  const each = oneOfEach(candidates);
  const lists: [head: string, Candidate[]][] = [
    ['In doubt that day, and not counted', each.filter(isNotCounted)],
    ['In doubt that day, though counted', each.filter((one) => !isNotCounted(one))],
  ];
  const said = lists.flatMap(([head, of]) =>
    of.length === 0 ? [] : [`${head}: ${named(of)}; together ${formatMinor(sumOf(of))}.`],
  );
  return ['No single payment explains it, nor do two, nor all together.', ...said].join(' ');
}

/** Its currency is named where it is not that of the total. */
function oneAlone({ kind, orderId, amountMinor, currency, sentence }: Difference, ofTotal = currency): string {
  const other = currency === ofTotal ? '' : ` ${currency}`;
  const money = amountMinor === undefined ? '' : `, ${formatMinor(amountMinor)}${other}`;
  return kind === 'orphan' ? sentence : `Order ${orderId}${money}: ${sentence}`;
}

/** As much as each would move the total, so that what is named adds up. */
function named(candidates: Candidate[]): string {
  return firstOf(candidates.map((one) => `${nameOf(one)}, ${formatMinor(one.gapMinor)}`)).join('; ');
}

function firstOf(names: string[]): string[] {
  const { mostNamed } = terminalTotalLimits;
  const more = names.length - mostNamed;
  return [...names.slice(0, mostNamed), ...(more > 0 ? [`and ${more} more`] : [])];
}

const HOW: Partial<Record<DifferenceKind, string>> = {
  settled_by_person: ' (settled by a person)',
  other_day: ' (answered on another day)',
  alarm: ' (answered again)',
};

function nameOf({ kind, orderId, isInDoubt }: Candidate): string {
  if (kind === 'orphan')
    return `an answer that belongs to no payment${isInDoubt ? '' : ' (a person has looked at it)'}`;
  return `order ${orderId}${HOW[kind] ?? ''}`;
}

/** `101.14 + 100.05 = 201.19` */
function addedUp(candidates: Candidate[]): string {
  const terms = candidates.map(({ gapMinor }, n) => {
    const amount = formatMinor(Math.abs(gapMinor));
    return n === 0 ? formatMinor(gapMinor) : `${gapMinor < 0 ? '-' : '+'} ${amount}`;
  });
  return `${terms.join(' ')} = ${formatMinor(sumOf(candidates))}`;
}

function sign(transactionType: 'Debit' | 'Credit'): number {
  return transactionType === 'Credit' ? -1 : 1;
}
