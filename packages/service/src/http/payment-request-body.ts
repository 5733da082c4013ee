import { parseAmount } from '@hipay-ecr/shared/money.ts';
import type { Json, Order, TransactionType } from '../payments/order.ts';
import { bodyChecks } from './body-checks.ts';
import { digestOf } from './canonical-json.ts';
import { firstFew, found, shortened } from './found.ts';
import { httpLimits } from './http-limits.ts';
import { readCart, readCustomData, readCustomer } from './payment-request-extras.ts';
import { paymentRequestSchema } from './payment-request-schema.ts';
import { meantBy, schemaProblems } from './schema-problems.ts';

export interface PaymentRequestOptions {
  allowedCurrencies: readonly string[];
  allowedTransactionTypes: readonly TransactionType[];
  /** The `Idempotency-Key` header, where there is one. */
  idempotencyKey?: string | undefined;
  nowMs(): number;
  /** So many random hexadecimal digits. */
  randomHex(digits: number): string;
}

export type PaymentRequest = { ok: true; order: Order; warnings: string[] } | { ok: false; problems: string[] };

const fitsSchema = bodyChecks.payment;
const fields = Object.keys(paymentRequestSchema.properties as object);
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}\uFFFD]+$/u;

/** In words, what each field must be. */
const expected: Record<string, string> = {
  '': 'a JSON object such as {"amount": 10.23}',
  amount: 'a number or a text such as 10.23 or "10,23"',
  currency: 'three capital letters (ISO 4217)',
  transaction_type: '"Debit" or "Credit"',
  transation_type: '"Debit" or "Credit"',
  force_authorization: 'true or false',
  order_id: `a text of 1 to ${httpLimits.orderIdCharacters} printable characters, or an integer`,
  custom_data: 'an object of booleans, numbers and texts',
  'custom_data.*': 'a boolean, a number or a text (custom_data is flat)',
};

/** Reads what a till sent; `body` is parsed JSON of any kind. All that is wrong is named at once. */
export function readPaymentRequest(body: unknown, options: PaymentRequestOptions): PaymentRequest {
  const misfits = fitsSchema(body) ? new Map<string, string>() : schemaProblems(fitsSchema.errors ?? [], expected);
  const problems = [...misfits.values()];
  if (misfits.has('the body')) return { ok: false, problems };
  const sent = body as { [key: string]: Json };
  const warnings = unknownFields(sent);
  /** A field that the schema let through; null and nothing are the same. */
  const given = (name: string): Json | undefined =>
    misfits.has(name) || !Object.hasOwn(sent, name) ? undefined : (sent[name] ?? undefined);

  const amount = parseAmount(given('amount'));
  if (!amount.ok && !misfits.has('amount'))
    problems.push(`amount: found ${found(sent.amount)}, expected ${amount.expected}`);
  const currency = (given('currency') ?? 'EUR') as string;
  if (!misfits.has('currency') && !options.allowedCurrencies.includes(currency)) {
    problems.push(notAllowed('currency', currency, options.allowedCurrencies, 'allowed_currencies'));
  }
  const transactionType = readTransactionType(given, problems);
  if (!options.allowedTransactionTypes.includes(transactionType)) {
    problems.push(
      notAllowed('transaction_type', transactionType, options.allowedTransactionTypes, 'allowed_transaction_types'),
    );
  }
  const orderId = readOrderId(given('order_id'), warnings, problems);
  if (transactionType === 'Credit' && orderId === undefined && !misfits.has('order_id')) {
    problems.push('order_id: found nothing, expected an order_id of its own, as the transaction_type is Credit');
  }
  const { idempotencyKey } = options;
  if (idempotencyKey !== undefined && !isPrintable(idempotencyKey, httpLimits.idempotencyKeyCharacters)) {
    const most = httpLimits.idempotencyKeyCharacters;
    problems.push(`Idempotency-Key: found ${found(idempotencyKey)}, expected 1 to ${most} printable characters`);
  }
  const { cart, sent: sentCart } = readCart(given('cart'), warnings);
  const { customer, sent: sentCustomer } = readCustomer(given('customer'), warnings);
  const custom = readCustomData(flat(misfits) ? given('custom_data') : undefined, warnings, problems);
  if (!amount.ok || problems.length > 0) return { ok: false, problems: firstFew(problems) };

  const order: Order = {
    orderId: orderId ?? generatedOrderId(options),
    orderIdGiven: orderId !== undefined,
    amountMinor: amount.minor,
    currency,
    transactionType,
    forceAuthorization: (given('force_authorization') ?? false) as boolean,
    cart,
    customer,
    customData: custom.customData,
    sent: { amount: sent.amount as number | string, cart: sentCart, customer: sentCustomer, customData: custom.sent },
    bodyDigest: digestOf(sent),
  };
  if (idempotencyKey !== undefined) order.idempotencyKey = idempotencyKey;
  return { ok: true, order, warnings: firstFew(warnings) };
}

/** Whether the schema found nothing wrong in custom_data, neither in itself nor in an entry. */
function flat(misfits: Map<string, string>): boolean {
  return ![...misfits.keys()].some((place) => place.split('.', 1)[0] === 'custom_data');
}

function readTransactionType(given: (name: string) => Json | undefined, problems: string[]): TransactionType {
  const right = given('transaction_type') as TransactionType | undefined;
  const documented = given('transation_type') as TransactionType | undefined;
  if (right !== undefined && documented !== undefined && right !== documented) {
    problems.push(
      `transaction_type: found "${right}", and "${documented}" as transation_type, expected one of them, or both alike`,
    );
  }
  return right ?? documented ?? 'Debit';
}

/** Undefined where the till gave none. */
function readOrderId(given: Json | undefined, warnings: string[], problems: string[]): string | undefined {
  if (typeof given === 'number') {
    if (!Number.isSafeInteger(given))
      problems.push(`order_id: found ${found(given)}, expected ${expected.order_id} (write a long one as a text)`);
    return String(given);
  }
  if (typeof given !== 'string' || given === '') return undefined;
  if (given.trim() !== '') return given;
  warnings.push('order_id: found only spaces, which counts as absent');
  return undefined;
}

function unknownFields(sent: { [key: string]: Json }): string[] {
  const unknown = Object.keys(sent).filter((name) => !fields.includes(name));
  return unknown.map((name) => {
    const meant = meantBy(name, fields);
    const hint = meant === undefined ? '' : `; ${meant} may have been meant`;
    const price = meant === 'order_id' ? ', without which asking twice can charge twice' : '';
    return `${shortened(name)}: unknown field, ignored${hint}${price}`;
  });
}

function notAllowed(field: string, value: string, allowed: readonly string[], setting: string): string {
  return `${field}: found "${value}", expected ${allowed.map((one) => `"${one}"`).join(' or ')} (${setting} of config.yml)`;
}

function isPrintable(text: string, most: number): boolean {
  return text.length <= most && PRINTABLE.test(text);
}

function generatedOrderId(options: PaymentRequestOptions): string {
  const digits = new Date(options.nowMs()).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  return `ECR_${digits}_${options.randomHex(6)}`;
}
