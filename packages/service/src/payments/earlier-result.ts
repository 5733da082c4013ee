import type { Ages } from './ages.ts';
import { centreLimits } from './centre-limits.ts';
import type { Order } from './order.ts';
import { isOpen, type Payment } from './payment.ts';
import type { Journal } from './ports.ts';
import { ageOf, isWithin, type Repetition, type RepetitionRules, repetitionOf, sameMoney } from './repetition.ts';

export interface EarlierResultRules extends RepetitionRules {
  paymentTimeoutMs: number;
}

/** Whether an order_id of the till's own makes this order known again; else only what it says does. */
export function isNamed(order: Order, { orderIdScope }: Pick<RepetitionRules, 'orderIdScope'>): boolean {
  return order.orderIdGiven && orderIdScope !== 'none';
}

/** What a request is in the light of all that was asked before: by its key, its order_id, or its very words (rules 1 and 4). */
export async function earlierResult(
  order: Order,
  journal: Pick<Journal, 'byIdempotencyKey' | 'byOrderId' | 'untoldByBody'>,
  { ages, nowMs }: { ages: Ages; nowMs: number },
  rules: EarlierResultRules,
): Promise<{ repetition: Repetition; ofOrder: Payment[] }> {
  const ofOrder = order.orderIdGiven ? await journal.byOrderId(order.orderId, centreLimits.paymentsPerOrder) : [];
  const keyed = order.idempotencyKey === undefined ? undefined : await journal.byIdempotencyKey(order.idempotencyKey);
  if (keyed !== undefined) return { repetition: ofKey(order, keyed), ofOrder };
  if (isNamed(order, rules)) return { repetition: repetitionOf(order, ofOrder, ages, rules), ofOrder };
  const sinceMs = nowMs - rules.paymentTimeoutMs - centreLimits.untoldMs;
  const untold = await journal.untoldByBody(order.bodyDigest, sinceMs);
  const owed = untold !== undefined && !isOpen(untold) && isWithin(ageOf(untold, ages), centreLimits.untoldMs);
  return { repetition: owed ? { kind: 'replay', payment: untold } : { kind: 'new' }, ofOrder };
}

/** The same key is the same payment, always; for other money it was not meant to be the same. */
function ofKey(order: Order, payment: Payment): Repetition {
  if (!sameMoney(order, payment.order)) return { kind: 'conflict', payment };
  return { kind: isOpen(payment) ? 'join' : 'replay', payment };
}
