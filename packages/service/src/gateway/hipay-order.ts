import { createHash } from 'node:crypto';
import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Customer, TransactionType } from '../payments/order.ts';
import type { HipayOrder } from '../payments/ports.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { checkCart } from './hipay-cart.ts';

/** One order as the plain form that HiPay takes. `warning`: why its cart is empty. */
export interface OrderForm {
  fields: Record<string, string>;
  warning?: string;
}

/** Texts of HiPay's POS pages: what each kind of payment is called there. */
const PRODUCTS: Record<TransactionType, { operation: string; code: string }> = {
  Debit: { operation: 'Authorization', code: '200000' },
  Credit: { operation: 'Credit', code: '200350' },
};

/**
 * Writes an order down for `POST v1/order`, as HiPay's POS Passive Integration page documents it. The fields and their
 * values are of that page. Assumed, since no public page says it:
 * - the Desktop Connector's orders may be told by this interface at all: its own notification is not public;
 * - `amount` is what the terminal took, in major units with two decimals (the page says "integer" and shows 8.99);
 * - a Debit is an Authorization, code 200000, and becomes captured by the merchant's collection; 200100 would be captured at once;
 * - `hash` is the lower-case hex SHA-1 of orderid, amount, currency and hash key without separators, the amount as it is
 *   sent (the page gives the formula only; where the key comes from it does not say, so without a key there is no hash);
 * - `mid` and `acquirer_registrationid` are both the merchant id of the contract (the page explains them alike);
 * - `description` is that of HiPay's cloud POS interface;
 * - HiPay returns `custom_data`, so our payment id travels in it; a till's own entry of that name gives way;
 * - an e-mail address without `@` would be refused (code 1010209) and is left out, as are texts longer than HiPay's longest.
 */
export function orderForm(hipayOrder: HipayOrder, hashKey?: string): OrderForm {
  const { hipayOrderId, order, amountMinor, merchantId, paymentId, withCart } = hipayOrder;
  const { operation, code } = PRODUCTS[order.transactionType];
  const amount = formatMinor(amountMinor);
  const { basket, warning } = checkCart(withCart ? order.cart : null, amountMinor);
  const fields = {
    orderid: hipayOrderId,
    operation,
    payment_product: 'tpe',
    description: 'POS payment',
    currency: order.currency,
    amount,
    eci: '10',
    initialize_payment_terminal: '0',
    payment_product_parameters: JSON.stringify({
      code,
      mid: merchantId,
      acquirer_registrationid: merchantId,
      ...(hashKey !== undefined && { hash: sha1(`${hipayOrderId}${amount}${order.currency}${hashKey}`) }),
    }),
    ...customerFields(order.customer),
    ...(basket.length > 0 && { basket: JSON.stringify(basket) }),
    custom_data: JSON.stringify({ ...order.customData, ecr_payment_id: paymentId }),
  };
  return warning === undefined ? { fields } : { fields, warning };
}

function customerFields({ id, firstname, lastname, email }: Customer): Record<string, string> {
  const given = { cid: id?.toString(), firstname, lastname, email: email?.includes('@') ? email : undefined };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => fits(entry[1])));
}

function fits(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '' && text.length <= gatewayLimits.textCharacters;
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('hex');
}
