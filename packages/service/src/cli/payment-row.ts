import { localTime } from './layout.ts';

/** How every list of payments begins. */
export const PAYMENT_COLUMNS = [
  { head: 'payment' },
  { head: 'at' },
  { head: 'order', gives: true },
  { head: 'amount', right: true },
] as const;

/** What stands in these columns. */
export function paymentCells(
  { paymentId, acceptedAt, orderId, currency }: Record<'paymentId' | 'acceptedAt' | 'orderId' | 'currency', string>,
  amount: string,
): string[] {
  return [paymentId, localTime(acceptedAt), orderId, `${amount} ${currency}`];
}
