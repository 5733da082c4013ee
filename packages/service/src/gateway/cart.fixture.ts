import type { Json } from '../payments/order.ts';

export type Item = { [key: string]: Json };

/** A line of a cart that keeps the rules, but for what a test says. */
export function good(changes: Item = {}): Item {
  const item = {
    product_reference: 'A1',
    type: 'good',
    name: 'Apple',
    quantity: 1,
    unit_price: 10,
    tax_rate: 20,
    total_amount: 10,
  };
  return { ...item, ...changes };
}
