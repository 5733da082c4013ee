import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Payment } from './payment.ts';

/** What a terminal says that it took; a currency, by its number, only where that is not the order's. */
export function spellTaken(amountMinor: number | undefined, otherCurrency?: string): string {
  const amount = amountMinor === undefined ? 'an amount that the terminal does not name' : formatMinor(amountMinor);
  return amount + (otherCurrency === undefined ? '' : ` of currency ${otherCurrency}`);
}

/** What the terminal said that it took of a payment; undefined where it said nothing of that. */
export function whatTheTerminalTook({ tookElsewhere, terminalTookMinor }: Payment): string | undefined {
  if (tookElsewhere !== undefined) return spellTaken(tookElsewhere.amountMinor, tookElsewhere.currencyNumeric);
  return terminalTookMinor === undefined ? undefined : spellTaken(terminalTookMinor);
}
