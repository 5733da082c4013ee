import { maskDigits, maskReport } from '../masked.ts';
import { amount, digits, text, toBytes, toText } from './fields.ts';
import type { Acceptance } from './link-types.ts';

/**
 * The layout of a reply is told by its length (pyTeliumManager, OCA telium driver). `echo` and `echo_long` repeat more of
 * the request, 29 and 35 bytes (PayXpert Concert V2 page); `long_with_text` ends with a receipt (Nepting, EveConnector).
 */
export type ReplyForm = 'short' | 'echo' | 'echo_long' | 'long' | 'long_with_text';

/** What a terminal answers. */
export interface PaymentReply {
  form: ReplyForm;
  /** Two digits. */
  posNumber: string;
  /** `0` accepted, `7` not completed, `9` taken into account; other digits have no trustworthy source. */
  stat: string;
  /** Null where the field is blank, as it may be with `7`. */
  amountMinor: number | null;
  /** One character, the payment application used: `1` contact, `B` contactless, `0` none. */
  mode: string;
  /** REP, 55 characters of the long forms, else empty. Decoded, it is masked: no card number leaves here whole. */
  report: string;
  /** ISO 4217, three digits. */
  currencyNumeric: string;
  /** Ten characters. */
  privateData: string;
  /** What follows a long reply; masked where decoded. */
  trailingText?: string;
}

const LONG_BYTES = 80;
const REPORT_AT = 12;
const REPORT_BYTES = 55;

/** The bytes of a reply; its report and its text go out as they are. */
export function encodePaymentReply(reply: PaymentReply): Uint8Array {
  if (reply.amountMinor === null && reply.stat !== '7')
    throw new RangeError(`amountMinor: blank with stat ${reply.stat}`);
  const head =
    digits(reply.posNumber, 2, 'posNumber') +
    text(reply.stat, 1, 'stat') +
    (reply.amountMinor === null ? ' '.repeat(8) : amount(reply.amountMinor, 0));
  const mode = text(reply.mode, 1, 'mode');
  const end = digits(reply.currencyNumeric, 3, 'currencyNumeric') + text(reply.privateData, 10, 'privateData');
  const isLong = reply.form === 'long' || reply.form === 'long_with_text';
  const report = text(reply.report, isLong ? REPORT_BYTES : 0, 'report');
  const trailing = reply.trailingText ?? '';
  if ((trailing !== '') !== (reply.form === 'long_with_text'))
    throw new RangeError('trailingText: for long_with_text only');
  switch (reply.form) {
    case 'echo':
      return toBytes(`${head}0${mode}0${end}00`);
    case 'echo_long':
      return toBytes(`${head}0${mode}0${end}A010B010`);
    default:
      return toBytes(head + mode + report + end + trailing);
  }
}

const HEAD = '(?<posNumber>[0-9]{2})(?<stat>[\\x20-\\x7f])(?<amount>[0-9]{8}| {8})';
const MODE = '(?<mode>[\\x20-\\x7f])';
const END = '(?<currency>[0-9]{3})(?<privateData>[\\x20-\\x7f]{10})';
const LONG = `${HEAD}${MODE}(?<report>[\\x20-\\x7f]{${REPORT_BYTES}})${END}`;

const SHAPES: readonly (readonly [ReplyForm, RegExp])[] = [
  ['short', new RegExp(`^${HEAD}${MODE}${END}$`)],
  ['echo', new RegExp(`^${HEAD}[\\x20-\\x7f]${MODE}[\\x20-\\x7f]${END}[\\x20-\\x7f]{2}$`)],
  ['echo_long', new RegExp(`^${HEAD}[\\x20-\\x7f]${MODE}[\\x20-\\x7f]${END}[\\x20-\\x7f]{8}$`)],
  ['long', new RegExp(`^${LONG}$`)],
  ['long_with_text', new RegExp(`^${LONG}(?<trailing>[\\n\\r\\x20-\\x7f]+)$`)],
];

/** The reply in these bytes, card number masked; null where they are none (rule 6). Never throws. */
export function decodePaymentReply(data: Uint8Array): PaymentReply | null {
  const ascii = toText(data);
  for (const [form, shape] of SHAPES) {
    const groups = shape.exec(ascii)?.groups;
    if (groups === undefined) continue;
    const { posNumber = '', stat = '', amount: field = '', mode = '', currency = '', privateData = '' } = groups;
    const isBlank = field.startsWith(' ');
    if (isBlank && stat !== '7') return null;
    return {
      form,
      posNumber,
      stat,
      amountMinor: isBlank ? null : Number(field),
      mode,
      report: maskReport(groups.report ?? ''),
      currencyNumeric: currency,
      privateData,
      ...(groups.trailing !== undefined && { trailingText: maskDigits(groups.trailing) }),
    };
  }
  return null;
}

/**
 * The whole data as text without card numbers. Where it cannot be read, or has a report that did not come intact, any run
 * of twelve digits may be part of one, and a damaged byte may stand in its middle.
 */
export function maskedData(data: Uint8Array, isIntact = true): string {
  const ascii = toText(data);
  const reply = decodePaymentReply(data);
  if (reply === null || (!isIntact && reply.report !== '')) return ascii.replace(/\d(?:\D?\d){11,}/g, keepSixDigits);
  if (reply.report === '') return ascii;
  return (
    ascii.slice(0, REPORT_AT) +
    reply.report +
    ascii.slice(REPORT_AT + REPORT_BYTES, LONG_BYTES) +
    (reply.trailingText ?? '')
  );
}

/** A long reply cut down to what the short form would have said: nothing of the card, nothing of the receipt. */
export function withoutReport(data: string): string {
  if (data.length < LONG_BYTES) return data;
  return data.slice(0, REPORT_AT) + data.slice(REPORT_AT + REPORT_BYTES, LONG_BYTES);
}

/**
 * The rule for the register's chair: the short form is taken at once (rule 6), but only in euros. One byte of a long reply
 * turned into ETX can make its head a short one, whose currency is the beginning of a card number; none begins with 978.
 */
export function acceptsReplies(data: Uint8Array): Acceptance {
  const reply = decodePaymentReply(data);
  if (reply === null) return 'odd';
  return reply.form === 'short' && reply.currencyNumeric === '978' ? 'at_once' : 'after_silence';
}

function keepSixDigits(run: string): string {
  let seen = 0;
  return run.replace(/\d/g, (digit) => (++seen > 6 ? '*' : digit));
}
