import { isObject, parseJson, textOf } from './hipay-body.ts';

const PAYMENT_ID = 'ecr_payment_id';

/** Whether an order has custom data, and whose payment it names: our own, since we wrote it into it. */
export interface ReadCustomData {
  hasCustomData: boolean;
  paymentId?: string;
}

/**
 * Custom data as HiPay gives it back. How it stands there is not public: an object is likely, so are the JSON text that was
 * sent and a list of names with values. All are read, as an id overlooked would mean registering the payment twice.
 */
export function readCustomData(candidates: unknown[]): ReadCustomData {
  const given = candidates.map(parsed).filter(hasContent);
  const paymentId = given.map(paymentIdIn).find((id) => id !== undefined);
  return { hasCustomData: given.length > 0, ...(paymentId !== undefined && { paymentId }) };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value;
  const json = parseJson(value);
  return json === undefined ? value : json.value;
}

/** Empty values come as "", [] or {}. */
function hasContent(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function paymentIdIn(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(paymentIdIn).find((id) => id !== undefined);
  if (!isObject(value)) return undefined;
  const name = value.name ?? value.key;
  return textOf(value[PAYMENT_ID]) ?? (name === PAYMENT_ID ? textOf(value.value) : undefined);
}
