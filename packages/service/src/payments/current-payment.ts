import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { before } from './before.ts';
import type { CentreSettings } from './centre-settings.ts';
import type { DeskResult, Till } from './desk-result.ts';
import { isNamed } from './earlier-result.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';
import type { Journal } from './ports.ts';

/** The payment that is under way: there is one terminal, so there is one at most. */
export interface CurrentPayment {
  order: Order;
  tills: Till[];
  result: Promise<Settled>;
}

/** What a request comes to: a payment whose result it waits for, or a result. */
export type Taken = CurrentPayment | DeskResult;

export type Settled = { payment: Payment; told(): void } | { declined: DeskResult };

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

/** What another request is told while this payment runs. */
export function besides(
  { order: { orderId, amountMinor, currency } }: CurrentPayment,
  code: '1104' | '1105',
): DeskResult {
  return { kind: 'declined', code, about: { orderId, amountMinor, currency } };
}

/**
 * Whether the key of an order that asks for the present payment by its order_id or words stands for an earlier one, which is
 * its result always (rule 4); also where the disk does not say that it does not, until `latestMs` (monotonic).
 */
export async function hasOwnResult(
  { idempotencyKey: key }: Order,
  { order: running }: CurrentPayment,
  latestMs: number,
  { journal, clock }: { journal: Pick<Journal, 'byIdempotencyKey'>; clock: Clock },
): Promise<boolean> {
  if (key === undefined || key === running.idempotencyKey) return false;
  const isFree = journal.byIdempotencyKey(key).then(
    (earlier) => earlier === undefined,
    () => false,
  );
  return (await before(latestMs, isFree, clock)) !== true;
}
