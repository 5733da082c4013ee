import { maskDigits } from '@hipay-ecr/shared/masked.ts';
import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Json } from '../payments/order.ts';
import { type BasketItem, itemFields } from './cart-fields.ts';
import { fromThousandths, parseThousandths } from './decimal.ts';
import { gatewayLimits } from './gateway-limits.ts';

/** What HiPay gets of a till's cart. `warning`: why it gets none of it. */
export interface CheckedCart {
  basket: BasketItem[];
  warning?: string;
}

type Checked = { item: BasketItem; totalThousandths: number } | { problem: string };
const SHOWN_CHARACTERS = 40;

type JsonObject = { [key: string]: Json };

/**
 * HiPay's rules for a cart (HiPay shopping cart management, support article): one that breaks any of them goes out empty, for
 * a cart never stands in the way of a payment. The till may send one item, a list, or `{items: [...]}`.
 */
export function checkCart(cart: Json, amountMinor: number): CheckedCart {
  const items = itemsOf(cart);
  if (items === undefined)
    return empty(`cart: found ${shown(cart)}, expected an object, a list of objects or {items: [...]}`);
  if (items.length > gatewayLimits.cartItems) {
    return empty(`cart: found ${items.length} items, expected at most ${gatewayLimits.cartItems}`);
  }
  const basket: BasketItem[] = [];
  let sumThousandths = 0;
  for (const [index, raw] of items.entries()) {
    const checked = checkItem(raw, `cart item ${index + 1}`);
    if ('problem' in checked) return empty(checked.problem);
    basket.push(checked.item);
    sumThousandths += checked.totalThousandths;
  }
  if (basket.length > 0 && sumThousandths !== amountMinor * 10) {
    return empty(
      `cart: the total_amounts make ${fromThousandths(sumThousandths)}, expected the order's ${formatMinor(amountMinor)}`,
    );
  }
  return { basket };
}

/** PHP writes an empty object as `[]`, and a till without a cart may send `{}`: no items, nothing to warn of. */
function itemsOf(cart: Json): Json[] | undefined {
  if (cart === null) return [];
  if (Array.isArray(cart)) return cart;
  if (typeof cart !== 'object') return undefined;
  if (Object.keys(cart).length === 0) return [];
  if (!('items' in cart)) return [cart];
  return cart.items === null ? [] : Array.isArray(cart.items) ? cart.items : undefined;
}

function checkItem(raw: Json, where: string): Checked {
  if (!isObject(raw)) return { problem: `${where}: found ${shown(raw)}, expected an object` };
  const item: BasketItem = {};
  for (const { name, required, expected, read } of itemFields) {
    const given = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (given === undefined || given === null || (given === '' && !required)) {
      if (required) return { problem: `${where}: ${name} is missing, expected ${expected}` };
      continue;
    }
    const value = read(given);
    if (value === undefined) return { problem: `${where}: ${name} is ${shown(given)}, expected ${expected}` };
    item[name] = value;
  }
  return checkLine(item, where);
}

/** HiPay's worked example: 4 × 10.5 with a discount of -2.5 makes 39.5. */
function checkLine(item: BasketItem, where: string): Checked {
  const [unit = 0, total = 0, discount = 0] = [item.unit_price, item.total_amount, item.discount].map(parseThousandths);
  const expected = unit * Number(item.quantity) + discount;
  if (total === expected) return { item, totalThousandths: total };
  const sum = `unit_price ${item.unit_price} × quantity ${item.quantity} + discount ${item.discount ?? 0}`;
  return { problem: `${where}: total_amount is ${item.total_amount}, expected ${sum} = ${fromThousandths(expected)}` };
}

function empty(problem: string): CheckedCart {
  return { basket: [], warning: `The order goes to HiPay with an empty cart. ${problem}` };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What was found, short, and without a card number. */
function shown(value: Json): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = maskDigits(JSON.stringify(value));
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
