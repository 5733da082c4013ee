import type { Difference } from './report-difference.ts';

export const explainGapLimits = {
  /** Of each kind of explanation: whoever reads them looks for tickets, and a day may have many of one amount. */
  mostProposed: 5,
} as const;

/** A difference that moves the terminal's total away from the journal's, if it is as it may be. */
export type Candidate = Difference & { gapMinor: number };

export interface Explanation {
  by: 'one' | 'two' | 'all in doubt' | 'all not counted' | 'all';
  of: Candidate[];
}

/**
 * What would explain the gap to the cent: by one, else by two, else by all of a kind together; the fewest are the
 * likeliest. No more is tried: among many amounts some sum fits anything. The time grows with the day, not its square.
 */
export function explainGap(gapMinor: number, candidates: readonly Candidate[]): Explanation[] {
  const alone = candidates.filter((one) => one.gapMinor === gapMinor).slice(0, explainGapLimits.mostProposed);
  if (alone.length > 0) return alone.map((one) => ({ by: 'one', of: [one] }));
  const two = pairs(gapMinor, candidates);
  if (two.length > 0) return two;
  const together: Explanation[] = [
    { by: 'all in doubt', of: oneOfEach(candidates.filter(isInDoubt)) },
    { by: 'all not counted', of: oneOfEach(candidates.filter(isNotCounted)) },
    { by: 'all', of: oneOfEach(candidates) },
  ];
  return together.filter(({ of }) => of.length > 2 && sumOf(of) === gapMinor).slice(0, 1);
}

export function isCandidate(difference: Difference): difference is Candidate {
  return (difference.gapMinor ?? 0) !== 0;
}

/** Perhaps taken, and not in the journal's total; the others are in it, and perhaps were not taken. */
export function isNotCounted({ gapMinor, transactionType }: Candidate): boolean {
  return transactionType === 'Credit' ? gapMinor < 0 : gapMinor > 0;
}

export function sumOf(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { gapMinor }) => sum + gapMinor, 0);
}

/**
 * Two ways in which a payment may stand exclude each other: the first counts where all are added up. What the terminal said
 * once more (an alarm) comes on top of that.
 */
export function oneOfEach(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ paymentId, kind }) => {
    if (paymentId === undefined || kind === 'alarm') return true;
    const isNew = !seen.has(paymentId);
    seen.add(paymentId);
    return isNew;
  });
}

function isInDoubt({ kind }: Candidate): boolean {
  return kind === 'unknown' || kind === 'contradicted' || kind === 'running';
}

function pairs(gapMinor: number, candidates: readonly Candidate[]): Explanation[] {
  const found: Explanation[] = [];
  const before = new Map<number, Candidate[]>();
  for (const second of candidates) {
    for (const first of before.get(gapMinor - second.gapMinor) ?? []) {
      if (oneOfEach([first, second]).length < 2) continue;
      found.push({ by: 'two', of: [first, second] });
      if (found.length === explainGapLimits.mostProposed) return found;
    }
    const same = before.get(second.gapMinor);
    if (same === undefined) before.set(second.gapMinor, [second]);
    else same.push(second);
  }
  return found;
}
