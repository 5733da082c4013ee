import { encodePaymentReply } from '@hipay-ecr/shared/concert/payment-reply.ts';
import type { PaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';

/** What stands in the private field of answers: the request's, spaces, or ten characters of the terminal's own (the charge id). */
export type PrivateFieldHabit = 'echo' | 'blank' | 'opaque';

/** How a payment ended, as far as the answer tells. */
export interface Answer {
  request: PaymentRequest;
  /** `9` is the immediate answer (A011): the request was taken, the result is not known. */
  stat: '0' | '7' | '9';
  amountMinor: number;
  contactless: boolean;
  /** The long form, with a card number in its report. */
  long: boolean;
  privateData: string;
}

/** A made-up number; such a card does not exist. */
const TEST_CARD_NUMBER = '4970101234567890';
const REPORT_LENGTH = 55;

export function writeAnswer(answer: Answer): Uint8Array {
  const { request, stat, amountMinor, long, privateData } = answer;
  return encodePaymentReply({
    form: long ? 'long' : 'short',
    posNumber: request.posNumber,
    stat,
    amountMinor,
    mode: modeOf(answer),
    report: long ? TEST_CARD_NUMBER.padEnd(REPORT_LENGTH) : '',
    currencyNumeric: request.currencyNumeric,
    privateData,
  });
}

/** Not an echo but the payment application that was used: the last character of its code, `00B` for CB contactless. */
function modeOf({ request, stat, contactless }: Answer): string {
  if (stat === '7') return '0';
  if (!contactless) return request.mode;
  return request.mode === '2' ? 'D' : 'B';
}
