import type { BookedOrder } from '../gateway/order-book.ts';
import type { DemoAnswer, DemoOrder } from './pay.ts';

/** What is not as it should be after a payment of the demonstration; empty where all is well. */
export function checkPayment(
  order: DemoOrder,
  answer: DemoAnswer,
  booked: readonly BookedOrder[],
  merchantId: string,
): string[] {
  const problems: string[] = [];
  if (answer.httpStatus !== 200) problems.push(`the service answered with HTTP ${answer.httpStatus}, not 200`);
  const { paymentStatus, errorDescription } = answer.body;
  if (paymentStatus !== 'SUCCESS') {
    problems.push(`paymentStatus is ${paymentStatus}, not SUCCESS: ${errorDescription ?? 'no reason given'}`);
  }
  const [first, ...others] = booked.filter(({ orderId }) => orderId === order.order_id);
  if (first === undefined) return [...problems, `HiPay has no order ${order.order_id}`];
  if (others.length > 0) problems.push(`HiPay has ${others.length + 1} orders ${order.order_id}, not one`);
  if (first.merchantId !== merchantId) {
    problems.push(`HiPay has merchant id ${first.merchantId} in order ${order.order_id}, not ${merchantId}`);
  }
  if (Number(first.amount) !== Number(order.amount)) {
    problems.push(`HiPay has ${first.amount} in order ${order.order_id}, not ${order.amount}`);
  }
  return problems;
}
