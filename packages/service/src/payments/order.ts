/** Whether money goes from the customer (Debit) or back to the customer (Credit). */
export type TransactionType = 'Debit' | 'Credit';

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Who buys; every field may be missing. */
export interface Customer {
  id?: string | number;
  firstname?: string;
  lastname?: string;
  email?: string;
}

/** What a till asked for, understood and checked. */
export interface Order {
  orderId: string;
  /** False where the till sent none and we made it. */
  orderIdGiven: boolean;
  /** Minor units of the currency, 1 to 99999999. */
  amountMinor: number;
  /** ISO 4217 alpha-3, of two decimals. */
  currency: string;
  transactionType: TransactionType;
  forceAuthorization: boolean;
  /** As it was sent; HiPay's rules for it are the gateway's concern. */
  cart: Json;
  customer: Customer;
  customData: Record<string, boolean | number | string>;
  /** As sent, for the answer: the till gets back what it wrote. */
  sent: { amount: number | string; cart: Json; customer: Json; customData: Json };
  /** Digest of what the till sent, by which an order without an order_id of its own is known again. */
  bodyDigest: string;
  /** The till's `Idempotency-Key` header, where it sent one. */
  idempotencyKey?: string;
}
