import type { Customer, Json } from '../payments/order.ts';
import { nestsWithin } from './canonical-json.ts';
import { foundKind, shortened } from './found.ts';
import { httpLimits } from './http-limits.ts';

// The parts of a request that say more about the sale. None of cart and customer ever refuses a payment.

export function readCart(sent: Json | undefined, warnings: string[]): { cart: Json; sent: Json } {
  if (isAbsent(sent)) return { cart: {}, sent: {} };
  if (!fits(sent, httpLimits.cartBytes)) {
    warnings.push(`cart: left out, as it is larger than ${httpLimits.cartBytes} bytes or nested too deeply`);
    return { cart: {}, sent: {} };
  }
  if (typeof sent === 'object') return { cart: sent, sent };
  warnings.push(`cart: found ${foundKind(sent)}, expected an object or an array of objects; left out`);
  return { cart: {}, sent };
}

export function readCustomer(sent: Json | undefined, warnings: string[]): { customer: Customer; sent: Json } {
  if (isAbsent(sent) || (Array.isArray(sent) && sent.length === 0)) return { customer: {}, sent: {} };
  if (!fits(sent, httpLimits.customerBytes)) {
    warnings.push(`customer: left out, as it is larger than ${httpLimits.customerBytes} bytes or nested too deeply`);
    return { customer: {}, sent: {} };
  }
  if (typeof sent !== 'object' || Array.isArray(sent)) {
    warnings.push(`customer: found ${foundKind(sent)}, expected an object; left out`);
    return { customer: {}, sent };
  }
  const customer: Customer = {};
  const id = sent.id;
  if (typeof id === 'number' && Number.isFinite(id)) customer.id = id;
  else if (isShortText(id)) customer.id = id;
  else if (!isAbsent(id)) warnings.push(`customer.id: found ${foundKind(id)}, expected a number or a text; left out`);
  takeText(customer, 'firstname', sent, ['firstname', 'firstName'], warnings);
  takeText(customer, 'lastname', sent, ['lastname', 'lastName'], warnings);
  takeText(customer, 'email', sent, ['email'], warnings);
  return { customer, sent };
}

type CustomData = Record<string, boolean | number | string>;

/** What the schema lets through: an object of scalars and nulls, an empty array, null, or nothing. */
export function readCustomData(
  sent: Json | undefined,
  warnings: string[],
  problems: string[],
): { customData: CustomData; sent: Json } {
  if (isAbsent(sent) || Array.isArray(sent)) return { customData: {}, sent: {} };
  const kept: [string, boolean | number | string][] = [];
  for (const [name, value] of Object.entries(sent)) {
    if (value === null) warnings.push(`custom_data.${shortened(name)}: found null; left out`);
    else kept.push([name, value as boolean | number | string]);
  }
  if (Buffer.byteLength(JSON.stringify(sent)) > httpLimits.customDataBytes) {
    problems.push(`custom_data: found more than ${httpLimits.customDataBytes} bytes, expected at most so many`);
  }
  // Unlike an assignment, this keeps a name such as __proto__ a name.
  return { customData: Object.fromEntries(kept), sent };
}

function takeText(
  customer: Customer,
  field: 'firstname' | 'lastname' | 'email',
  sent: { [key: string]: Json },
  spellings: string[],
  warnings: string[],
): void {
  const given = spellings.filter((name) => Object.hasOwn(sent, name) && !isAbsent(sent[name]));
  const good = given.find((name) => isShortText(sent[name]));
  for (const name of given) {
    if (name === good) customer[field] = sent[name] as string;
    else if (sent[name] !== customer[field]) {
      const most = httpLimits.customerFieldCharacters;
      warnings.push(
        `customer.${name}: found ${foundKind(sent[name])}, expected one text of at most ${most} characters; left out`,
      );
    }
  }
}

function isShortText(value: Json | undefined): value is string {
  return typeof value === 'string' && value.length <= httpLimits.customerFieldCharacters;
}

function isAbsent(value: Json | undefined): value is null | undefined {
  return value === null || value === undefined;
}

function fits(value: Json, bytes: number): boolean {
  return nestsWithin(value, httpLimits.extrasDepth) && Buffer.byteLength(JSON.stringify(value)) <= bytes;
}
