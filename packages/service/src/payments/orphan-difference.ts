import type { Orphan } from './fact.ts';
import { orphanMoney } from './orphan-money.ts';
import type { Difference } from './report-difference.ts';
import { spellTaken } from './spell-taken.ts';

/** An answer that belongs to no payment, and what it says of money; in doubt until a person has looked at it (I15). */
export function orphanDifference(orphan: Orphan): Difference {
  const { stat, amountMinor, currency, currencyNumeric } = orphanMoney(orphan);
  const isApproval = stat === '0' && amountMinor !== undefined;
  // No order tells in which currency this is.
  const amount =
    currency === undefined ? spellTaken(amountMinor, currencyNumeric) : `${spellTaken(amountMinor)} ${currency}`;
  const says = isApproval ? `approved ${amount}` : 'sent an answer';
  return {
    ...{ kind: 'orphan', atMs: orphan.atMs },
    sentence: `The terminal ${says} that belongs to no payment: ${orphan.why}.${wordOn(orphan)}`,
    ...(orphan.acknowledged === undefined && { isInDoubt: true }),
    ...(amountMinor !== undefined && { amountMinor }),
    ...(currency !== undefined && { currency }),
    ...(isApproval && { gapMinor: amountMinor, isTaken: isApproval }),
  };
}

function wordOn({ acknowledged }: Orphan): string {
  return acknowledged === undefined ? '' : ` ${acknowledged.by} has looked at it: ${acknowledged.note}`;
}
