import { createHash } from 'node:crypto';
import { type HipayError, hipayErrors } from './hipay-errors.ts';

/** What a till's connector sent, checked as HiPay's POS Passive Integration page asks for it. */
export interface CheckedForm {
  orderId: string;
  /** As it was sent, major units. */
  amount: string;
  currency: string;
  /** Authorization, Sale or Credit, in the page's spelling. */
  operation: string;
  code: ProductCode;
  merchantId: string;
  customData: Record<string, boolean | number | string>;
  /** Empty where the one that was sent does not agree with the amount (HiPay Omnichannel SDK: "created with an empty cart"). */
  basket: unknown[];
  customer: { id: string; firstname: string; lastname: string; email: string };
}

export type ProductCode = '200000' | '200100' | '200350';
type Fields = Readonly<Record<string, unknown>>;
type JsonObject = Record<string, unknown>;

const MANDATORY = [
  'orderid',
  'eci',
  'description',
  'currency',
  'amount',
  'payment_product',
  'initialize_payment_terminal',
  'payment_product_parameters',
];
const PRODUCT_CODES: readonly ProductCode[] = ['200000', '200100', '200350'];
const OPERATIONS = ['authorization', 'sale', 'credit'];
const AMOUNT = /^(?!0+(\.0*)?$)\d{1,9}(\.\d{1,3})?$/;
const LONGEST_ORDER_ID = 32;
const LONGEST_DESCRIPTION = 255;

/** Checks a form; with a hash key, its hash too. */
export function checkOrderForm(fields: Fields, hashKey?: string): CheckedForm | HipayError {
  for (const name of MANDATORY) if (textOf(fields, name) === '') return hipayErrors.missing(name);
  const orderId = textOf(fields, 'orderid');
  const amount = textOf(fields, 'amount');
  const currency = textOf(fields, 'currency');
  const operation = textOf(fields, 'operation') || 'Authorization';
  if (orderId.length > LONGEST_ORDER_ID) return hipayErrors.tooLong('orderid', LONGEST_ORDER_ID);
  if (textOf(fields, 'description').length > LONGEST_DESCRIPTION)
    return hipayErrors.tooLong('description', LONGEST_DESCRIPTION);
  if (!AMOUNT.test(amount)) return hipayErrors.notDecimal('amount', amount);
  if (!/^[A-Z]{3}$/.test(currency)) return hipayErrors.unsupportedCurrency(currency);
  if (textOf(fields, 'eci') !== '10') return hipayErrors.unsupportedEci(textOf(fields, 'eci'));
  if (textOf(fields, 'payment_product') !== 'tpe')
    return hipayErrors.unsupportedProduct(textOf(fields, 'payment_product'));
  if (textOf(fields, 'initialize_payment_terminal') !== '0')
    return hipayErrors.invalid('initialize_payment_terminal', '0');
  if (!OPERATIONS.includes(operation.toLowerCase())) return hipayErrors.invalid('operation', OPERATIONS.join(', '));
  const email = textOf(fields, 'email');
  if (email !== '' && !email.includes('@')) return hipayErrors.email(email);

  const product = checkProduct(fields, `${orderId}${amount}${currency}`, hashKey);
  if ('httpStatus' in product) return product;
  const customData = parse(textOf(fields, 'custom_data') || '{}');
  if (!isFlat(customData)) return hipayErrors.invalid('custom_data', 'a JSON object of texts, numbers and booleans');
  const basket = parse(textOf(fields, 'basket') || '[]');
  if (!Array.isArray(basket)) return hipayErrors.invalid('basket', 'a JSON list');
  return {
    orderId,
    amount,
    currency,
    operation,
    ...product,
    customData,
    basket: agrees(basket, amount) ? basket : [],
    customer: {
      id: textOf(fields, 'cid'),
      firstname: textOf(fields, 'firstname'),
      lastname: textOf(fields, 'lastname'),
      email,
    },
  };
}

function checkProduct(
  fields: Fields,
  signed: string,
  hashKey: string | undefined,
): { code: ProductCode; merchantId: string } | HipayError {
  const parameters = parse(textOf(fields, 'payment_product_parameters'));
  if (!isObject(parameters)) return hipayErrors.invalid('payment_product_parameters', 'a JSON object');
  const mandatory = ['code', 'mid', 'acquirer_registrationid', ...(hashKey === undefined ? [] : ['hash'])];
  for (const name of mandatory) {
    if (textOf(parameters, name) === '') return hipayErrors.missing(`payment_product_parameters.${name}`);
  }
  const code = PRODUCT_CODES.find((known) => known === textOf(parameters, 'code'));
  if (code === undefined) return hipayErrors.invalid('payment_product_parameters.code', PRODUCT_CODES.join(', '));
  if (hashKey !== undefined && textOf(parameters, 'hash') !== sha1(`${signed}${hashKey}`))
    return hipayErrors.signature();
  return { code, merchantId: textOf(parameters, 'mid') };
}

/** HiPay compares to the cent; here in thousandths, as its prices have up to three decimals. */
function agrees(basket: unknown[], amount: string): boolean {
  const totals = basket.map((item) => (isObject(item) ? Number(item.total_amount) : Number.NaN));
  const sum = totals.reduce((total, line) => total + Math.round(line * 1000), 0);
  return sum === Math.round(Number(amount) * 1000);
}

function textOf(fields: Fields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFlat(value: unknown): value is Record<string, boolean | number | string> {
  return (
    isObject(value) && Object.values(value).every((entry) => ['boolean', 'number', 'string'].includes(typeof entry))
  );
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('hex');
}
