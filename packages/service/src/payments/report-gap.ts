import { currencyAlpha } from '@hipay-ecr/shared/money.ts';
import { isWithin, type LocalDay } from './local-day.ts';
import type { AnsweredAgain, Payment } from './payment.ts';

/** What was taken, as far as that is known; else what was asked. */
export function takenMinor({ amountTakenMinor, terminalTookMinor, order }: Payment): number {
  return amountTakenMinor ?? terminalTookMinor ?? order.amountMinor;
}

/** What a payment adds to the till's money. */
export function signed({ order }: Payment, amountMinor: number): number {
  return order.transactionType === 'Credit' ? -amountMinor : amountMinor;
}

/** When the terminal approved it, by its own word: it counts it then, whatever a person has said. */
export function approvedByTerminalAtMs({ answer }: Payment): number | undefined {
  return answer?.stat === '0' ? answer.atMs : undefined;
}

/** What the terminal's total of this day has of a payment, in the order's currency. */
export function countedMinor(payment: Payment, day: LocalDay): number {
  const atMs = approvedByTerminalAtMs(payment);
  if (atMs === undefined || !isWithin(day, atMs) || payment.tookElsewhere !== undefined) return 0;
  return payment.terminalTookMinor ?? takenMinor(payment);
}

/** Only where the terminal says no, too, is it sure that nothing was taken. */
function mayBeTaken({ state, settled, answer }: Payment): boolean {
  if (answer?.stat === '0') return false;
  return (
    state === 'unknown' || state === 'running' || (state === 'refused' && settled !== undefined && answer?.stat !== '7')
  );
}

/**
 * By so much the terminal's total is above the journal's on the day on which the till asked, which is the journal's;
 * undefined where a payment makes no difference. What nobody knows to be taken, the terminal may have.
 */
export function gapMinor(payment: Payment, day: LocalDay): number | undefined {
  const terminalMinor = mayBeTaken(payment) ? takenMinor(payment) : countedMinor(payment, day);
  const journalMinor = payment.state === 'approved' ? takenMinor(payment) : 0;
  return signed(payment, terminalMinor - journalMinor) || undefined;
}

/**
 * By how much, in which currency (undefined: one that nobody knows), the terminal's total is moved by what it said once more,
 * if it counts that: a second charge, or nothing of the one before. Undefined where the journal does not count that either, and
 * where nobody knows what it said.
 */
export function movedBy(
  again: AnsweredAgain,
  payment: Payment,
): { gapMinor: number; amountMinor: number; currency: string | undefined } | undefined {
  const { terminalTookMinor, tookElsewhere, state, order } = payment;
  const firstMinor = tookElsewhere?.amountMinor ?? terminalTookMinor ?? takenMinor(payment);
  if (again.stat === '0') {
    const { amountMinor = firstMinor } = again;
    return { amountMinor, currency: currencyAlpha(again.currencyNumeric), gapMinor: signed(payment, amountMinor) };
  }
  if (again.stat !== '7' || state !== 'approved' || approvedByTerminalAtMs(payment) === undefined) return undefined;
  const currency = tookElsewhere === undefined ? order.currency : currencyAlpha(tookElsewhere.currencyNumeric);
  return { amountMinor: firstMinor, currency, gapMinor: signed(payment, -firstMinor) };
}
