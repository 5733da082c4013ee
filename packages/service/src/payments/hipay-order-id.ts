/** HiPay takes at most this many characters (HiPay PHP SDK, order request). */
const LONGEST = 32;
const ORDER_PART = 22;
const PAYMENT_PART = 9;

/** The HiPay order id of a payment whose order id is too long, or stands at HiPay for another payment (rule 11). */
export function ownHipayOrderId(orderId: string, paymentId: string): string {
  return `${firstCharacters(orderId, ORDER_PART)}-${paymentId.slice(-PAYMENT_PART)}`;
}

/** The HiPay order id of a new payment. `orderIdUsed`: an earlier payment may have been registered under this order id. */
export function hipayOrderIdFor(orderId: string, paymentId: string, orderIdUsed: boolean): string {
  return orderIdUsed || [...orderId].length > LONGEST ? ownHipayOrderId(orderId, paymentId) : orderId;
}

function firstCharacters(text: string, count: number): string {
  return [...text].slice(0, count).join('');
}
