import type { Json } from '../payments/order.ts';
import { fromThousandths, parseThousandths } from './decimal.ts';
import { gatewayLimits } from './gateway-limits.ts';

/** One line of the basket, as HiPay names its fields. */
export type BasketItem = Record<string, string | number>;

/** One field of a cart item: how it is read (undefined: it is wrong), and what is expected of it, in words. */
export interface ItemField {
  name: string;
  required: boolean;
  expected: string;
  read: (value: Json) => string | number | undefined;
}

const TYPES = ['good', 'discount', 'fee'];
const A_TEXT = `a text of 1 to ${gatewayLimits.textCharacters} characters`;
const A_DECIMAL = 'a decimal number of at most 3 decimals';
const MOST_PRODUCT_CATEGORY = 16;

/** The fields that HiPay documents (HiPay shopping cart management; HiPay PHP SDK, cart item). Any other is not sent on. */
export const itemFields: readonly ItemField[] = [
  { name: 'product_reference', required: true, expected: A_TEXT, read: code },
  {
    name: 'european_article_numbering',
    required: false,
    expected: `a number or ${A_TEXT}`,
    read: code,
  },
  { name: 'type', required: true, expected: TYPES.join(', '), read: (value) => TYPES.find((type) => type === value) },
  { name: 'name', required: true, expected: A_TEXT, read: text },
  {
    name: 'quantity',
    required: true,
    expected: `a whole number from 1 to ${gatewayLimits.quantity}`,
    read: (value) => whole(value, gatewayLimits.quantity),
  },
  { name: 'unit_price', required: true, expected: A_DECIMAL, read: decimal },
  { name: 'discount', required: false, expected: A_DECIMAL, read: discount },
  { name: 'tax_rate', required: true, expected: `${A_DECIMAL}, 0 or more`, read: taxRate },
  { name: 'total_amount', required: true, expected: A_DECIMAL, read: decimal },
  {
    name: 'product_category',
    required: false,
    expected: `a whole number from 1 to ${MOST_PRODUCT_CATEGORY}`,
    read: (value) => whole(value, MOST_PRODUCT_CATEGORY),
  },
  ...[
    'product_description',
    'discount_description',
    'url',
    'delivery_method',
    'delivery_company',
    'delivery_delay',
    'delivery_number',
    'shop_id',
  ].map((name) => ({ name, required: false, expected: A_TEXT, read: text })),
];

function text(value: Json): string | undefined {
  const fits = typeof value === 'string' && value.trim() !== '' && value.length <= gatewayLimits.textCharacters;
  return fits ? value : undefined;
}

/** A reference that a till wrote as a number stays readable as one: an article number has at most 14 digits. */
function code(value: Json): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : text(value);
}

function whole(value: Json, most: number): number | undefined {
  const thousandths = parseThousandths(value);
  if (thousandths === undefined || thousandths % 1000 !== 0) return undefined;
  return thousandths >= 1000 && thousandths <= most * 1000 ? thousandths / 1000 : undefined;
}

function decimal(value: Json): number | undefined {
  const thousandths = parseThousandths(value);
  return thousandths === undefined ? undefined : fromThousandths(thousandths);
}

function taxRate(value: Json): number | undefined {
  const rate = decimal(value);
  return rate !== undefined && rate >= 0 ? rate : undefined;
}

/** "Always 0 or negative" (HiPay), yet one of HiPay's own samples has it positive: sent negative; the line must then add up. */
function discount(value: Json): number | undefined {
  const given = decimal(value);
  return given === undefined || given === 0 ? given : -Math.abs(given);
}
