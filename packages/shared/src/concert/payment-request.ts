import { amount, digits, text, toBytes, toText } from './fields.ts';
import type { Acceptance } from './link-types.ts';

/**
 * What a register asks of a terminal. The codes are those of the line (pyTeliumManager, OCA telium driver, Nmind's
 * field table, PayXpert Concert V2 page).
 */
export interface PaymentRequest {
  /** Two digits; some registers send letters. */
  posNumber: string;
  amountMinor: number;
  /** `1` asks for the long answer, which holds the terminal's report and perhaps a card number. */
  answerFlag: '0' | '1';
  /** One character: `1` card, `C` cheque, others force a payment application. */
  mode: string;
  /** `0` debit, `1` credit, `2` cancellation, `4` pre-authorisation. */
  type: '0' | '1' | '2' | '4';
  /** ISO 4217, three digits. */
  currencyNumeric: string;
  /** Ten characters. */
  privateData: string;
  /** `A010`: the answer comes when the payment has ended; `A011`: at once, without its result. */
  delay: 'A010' | 'A011';
  /** `B010`: the terminal decides; `B011`: it must ask for an authorisation; what `B012` means is not public. */
  authorization: 'B010' | 'B011' | 'B012';
}

/** `E+` is what we send; the shorter `E` and Nepting's variant of it (EveConnector) are read too. */
export type RequestForm = 'E+' | 'E' | 'Nepting';

/** The 34 bytes of an E+ request. Its POS number may hold letters (EPTEmulator), ours never does. */
export function encodePaymentRequest(request: PaymentRequest): Uint8Array {
  return toBytes(
    text(request.posNumber, 2, 'posNumber') +
      amount(request.amountMinor, 1) +
      text(request.answerFlag, 1, 'answerFlag') +
      text(request.mode, 1, 'mode') +
      text(request.type, 1, 'type') +
      digits(request.currencyNumeric, 3, 'currencyNumeric') +
      text(request.privateData, 10, 'privateData') +
      text(request.delay, 4, 'delay') +
      text(request.authorization, 4, 'authorization'),
  );
}

const SHAPE =
  /^(?<posNumber>[0-9A-Za-z]{2})(?<amount>[0-9]{8})(?<flag>[\x20-\x7f])(?<mode>[\x20-\x7f])(?<type>[0124])(?<currency>[0-9]{3})(?<privateData>[\x20-\x7f]{10})(?<tail>A01[01]B01[012]|T01[0-9]|)$/;

/** The request in these bytes; null where there is none. Without a tail the answer comes at the end (Nmind). */
export function decodePaymentRequest(data: Uint8Array): (PaymentRequest & { form: RequestForm }) | null {
  const groups = SHAPE.exec(toText(data))?.groups;
  if (groups === undefined) return null;
  const {
    posNumber = '',
    amount: digitsOfAmount = '',
    flag,
    mode = '',
    type,
    currency = '',
    privateData = '',
    tail = '',
  } = groups;
  const isPlus = tail.startsWith('A');
  return {
    form: isPlus ? 'E+' : tail === '' ? 'E' : 'Nepting',
    posNumber,
    amountMinor: Number(digitsOfAmount),
    answerFlag: flag === '1' ? '1' : '0',
    mode,
    type: type as PaymentRequest['type'],
    currencyNumeric: currency,
    privateData,
    delay: isPlus ? (tail.slice(0, 4) as PaymentRequest['delay']) : 'A010',
    authorization: isPlus ? (tail.slice(4) as PaymentRequest['authorization']) : 'B010',
  };
}

/** The rule for the terminal's chair: a shorter request could be the beginning of a longer one. */
export function acceptsRequests(data: Uint8Array): Acceptance {
  const request = decodePaymentRequest(data);
  if (request === null) return 'odd';
  return request.form === 'E+' ? 'at_once' : 'after_silence';
}
