import { decodePaymentReply } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { currencyAlpha } from '@hipay-ecr/shared/money.ts';
import type { Orphan } from './fact.ts';

/** What an answer that belongs to no payment says of money, as far as it can be read. It settles nothing (rule 5). */
export interface OrphanMoney {
  stat?: string;
  amountMinor?: number;
  currency?: string;
  /** ISO 4217. */
  currencyNumeric?: string;
}

export function orphanMoney({ bytesMasked }: Orphan): OrphanMoney {
  const reply = decodePaymentReply(Uint8Array.from(bytesMasked, (character) => character.charCodeAt(0) & 0x7f));
  if (reply === null) return {};
  const { stat, amountMinor, currencyNumeric } = reply;
  const currency = currencyAlpha(currencyNumeric);
  return {
    ...{ stat, currencyNumeric },
    ...(amountMinor !== null && { amountMinor }),
    ...(currency !== undefined && { currency }),
  };
}
