import type { FoundOrder, LookUpAnswer } from '../payments/ports.ts';
import { readCustomData } from './custom-data.ts';
import { parseThousandths } from './decimal.ts';
import { stateOf } from './hipay-answer.ts';
import { errorOf, isObject, type JsonObject, parseJson, textOf } from './hipay-body.ts';

/** Unknown Order, Unknown Transaction (HiPay error messages page). */
const UNKNOWN = ['3000001', '3000002'];
/** 2021-07-22T12:34:56+0000: a date without its zone could be hours off, and is no date. */
const DATE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d):?(\d\d)?$/;

/**
 * What an HTTP answer to `GET v1/transaction?orderid=` says: one object, a list, or nothing under `transaction` (HiPay PHP
 * SDK, gateway client). An attempt that HiPay declined booked nothing, and is not found.
 */
export function lookUpAnswer(httpStatus: number, body: string, hipayOrderId: string): LookUpAnswer {
  const parsed = parseJson(body);
  const error = errorOf(parsed?.value);
  if (error !== undefined)
    return UNKNOWN.includes(error.code) ? { kind: 'none' } : { kind: 'no_word', httpStatus, ...error };
  const transactions = httpStatus >= 200 && httpStatus < 300 && parsed ? transactionsOf(parsed.value) : undefined;
  if (transactions === undefined) {
    return { kind: 'no_word', httpStatus, detail: `HTTP ${httpStatus} without an answer of HiPay's own` };
  }
  if (transactions.some((transaction) => !isAbout(transaction, hipayOrderId))) {
    return { kind: 'no_word', httpStatus, detail: 'HiPay answered with another order than the one asked for' };
  }
  const orders = transactions.filter(isBooked).map(foundOrder);
  return orders.length > 0 ? { kind: 'found', orders } : { kind: 'none' };
}

function transactionsOf(value: unknown): JsonObject[] | undefined {
  if (Array.isArray(value)) return value.length === 0 ? [] : undefined;
  if (!isObject(value)) return value === null ? [] : undefined;
  const { transaction } = value;
  if (transaction === undefined) return Object.keys(value).length === 0 ? [] : undefined;
  if (transaction === null || transaction === '') return [];
  if (Array.isArray(transaction)) return transaction.every(isTransaction) ? transaction : undefined;
  if (!isObject(transaction)) return undefined;
  if (Object.keys(transaction).length === 0) return [];
  return isTransaction(transaction) ? [transaction] : undefined;
}

function isTransaction(value: unknown): value is JsonObject {
  return isObject(value) && (textOf(value.transactionReference) !== undefined || stateOf(value.state) !== undefined);
}

/** Spaces and case may not survive HiPay's own keeping. */
function isAbout({ order }: JsonObject, hipayOrderId: string): boolean {
  const id = isObject(order) ? textOf(order.id) : undefined;
  return id === undefined || id.trim().toLowerCase() === hipayOrderId.trim().toLowerCase();
}

function isBooked({ state }: JsonObject): boolean {
  return state !== 'declined' && state !== 'error' && state !== 'forwarding';
}

function foundOrder(transaction: JsonObject): FoundOrder {
  const order = isObject(transaction.order) ? transaction.order : {};
  const createdAtMs = parseDate(transaction.dateCreated) ?? parseDate(order.dateCreated);
  return {
    reference: textOf(transaction.transactionReference) ?? '',
    amountMinor: minorOf(order.amount),
    currency: textOf(order.currency) ?? textOf(transaction.currency) ?? '',
    ...readCustomData([transaction.customData, transaction.custom_data, order.customData, order.custom_data]),
    ...(createdAtMs !== undefined && { createdAtMs }),
  };
}

function minorOf(amount: unknown): number | null {
  const thousandths = parseThousandths(amount);
  return thousandths !== undefined && thousandths % 10 === 0 ? thousandths / 10 : null;
}

function parseDate(value: unknown): number | undefined {
  const parts = typeof value === 'string' ? DATE.exec(value) : null;
  if (parts === null) return undefined;
  const [, date, time, zone, zoneMinutes] = parts;
  const ms = Date.parse(`${date}T${time}${zone === 'Z' ? 'Z' : `${zone}:${zoneMinutes ?? '00'}`}`);
  return Number.isNaN(ms) ? undefined : ms;
}
