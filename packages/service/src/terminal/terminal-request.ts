import { encodePaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';
import { currencyNumeric } from '@hipay-ecr/shared/money.ts';
import type { RequestOutcome, TerminalRequest } from '../payments/ports.ts';

const PRIVATE_DATA_CHARACTERS = 10;

/** The request as it goes over the line, or why no frame can hold it. */
export function encodedOrNot(request: TerminalRequest): { data: Uint8Array } | RequestOutcome {
  try {
    return { data: encodeTerminalRequest(request) };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return { delivered: false, reached: 'no', reason: 'not_encodable', detail: cause.message };
  }
}

/**
 * The request as it goes over the line: card, short answer so that no card number comes back, result at the end. Throws
 * a RangeError where a field does not fit.
 */
export function encodeTerminalRequest(request: TerminalRequest): Uint8Array {
  const numeric = currencyNumeric(request.currency);
  if (numeric === undefined) {
    throw new RangeError(`currency: ${request.currency} found, an ISO 4217 code with two decimals expected`);
  }
  return encodePaymentRequest({
    posNumber: request.posNumber,
    amountMinor: request.amountMinor,
    answerFlag: '0',
    mode: '1',
    type: request.transactionType === 'Credit' ? '1' : '0',
    currencyNumeric: numeric,
    privateData: request.token.padEnd(PRIVATE_DATA_CHARACTERS),
    delay: 'A010',
    authorization: request.forceAuthorization ? 'B011' : 'B010',
  });
}
