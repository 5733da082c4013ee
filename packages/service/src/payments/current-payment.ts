import type { CentreSettings } from './centre-settings.ts';
import type { DeskResult, Till } from './desk-result.ts';
import { isNamed } from './earlier-result.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';

/** The payment that is under way: there is one terminal, so there is one at most. */
export interface CurrentPayment {
  order: Order;
  tills: Till[];
  result: Promise<Settled>;
}

export type Settled = { payment: Payment; told(asked: Order): void } | { declined: DeskResult };

/** Whether an order asks for it: by its key, by its order_id, or, where nobody waits any more, by its very words (rule 4). */
export function asksFor(
  order: Order,
  { order: running, tills }: CurrentPayment,
  settings: Pick<CentreSettings, 'orderIdScope'>,
): boolean {
  if (order.idempotencyKey !== undefined && order.idempotencyKey === running.idempotencyKey) return true;
  if (isNamed(order, settings)) return running.orderIdGiven && order.orderId === running.orderId;
  return order.bodyDigest === running.bodyDigest && !tills.some((waiting) => waiting.isWaiting());
}
