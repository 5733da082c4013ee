import type { Ages } from './ages.ts';
import { centreLimits } from './centre-limits.ts';
import { type Counting, EVERYTHING, isFailure } from './counting.ts';
import type { Order } from './order.ts';
import { isOpen, type Payment } from './payment.ts';
import type { Journal, PaymentsOfOrder } from './ports.ts';
import {
  ageOf,
  decidedMs,
  isWithin,
  type Repetition,
  type RepetitionRules,
  repetitionOf,
  sameMoney,
} from './repetition.ts';

/** What a request is, and whether HiPay may know an earlier payment by its order id (rule 11). */
export interface Earlier {
  repetition: Repetition;
  orderIdUsed: boolean;
}

type Reading = Pick<Journal, 'byIdempotencyKey' | 'byOrderId' | 'untoldByBody'>;

/** Whether an order_id of the till's own makes this order known again; else only what it says does. */
export function isNamed(order: Order, { orderIdScope }: Pick<RepetitionRules, 'orderIdScope'>): boolean {
  return order.orderIdGiven && orderIdScope !== 'none';
}

/** What a request is in the light of all that was asked before: by its key, its order_id, or its very words (rules 1 and 4). */
export async function earlierResult(
  order: Order,
  journal: Reading,
  ages: Ages,
  rules: RepetitionRules,
): Promise<Earlier> {
  const { payments, isOneLeftOut } = await paymentsOf(order, journal, ages, rules);
  const orderIdUsed = isOneLeftOut || payments.some((payment) => !isFailure(payment));
  const keyed = order.idempotencyKey === undefined ? undefined : await journal.byIdempotencyKey(order.idempotencyKey);
  if (keyed !== undefined) return { repetition: ofKey(order, keyed), orderIdUsed };
  if (isNamed(order, rules)) return { repetition: repetitionOf(order, payments, ages, rules), orderIdUsed };
  return { repetition: ofWords(await untoldInWords(order, journal, ages), ages), orderIdUsed };
}

/** Of all that an order has had, what may still say something about it. */
async function paymentsOf(
  { orderId, orderIdGiven }: Order,
  journal: Reading,
  ages: Ages,
  rules: RepetitionRules,
): Promise<PaymentsOfOrder> {
  if (!orderIdGiven) return { payments: [], isOneLeftOut: false };
  const counting = (): Counting =>
    rules.orderIdScope === 'forever' ? EVERYTHING : ages.countingFor(centreLimits.orderDayMs);
  return asOfNow(counting, (asked) => journal.byOrderId(orderId, centreLimits.paymentsPerOrder, asked));
}

function untoldInWords({ bodyDigest }: Order, journal: Reading, ages: Ages): Promise<Payment | undefined> {
  const counting = (): Counting => ages.countingFor(centreLimits.untoldMs);
  return asOfNow(counting, (asked) => journal.untoldByBody(bodyDigest, asked));
}

async function asOfNow<Found>(counting: () => Counting, ask: (asked: Counting) => Promise<Found>): Promise<Found> {
  const asked = counting();
  const found = await ask(asked);
  // Where somebody has set the clock meanwhile, what was too old may count after all: from then on, nothing is too old.
  return counting().sinceMs < asked.sinceMs ? ask(EVERYTHING) : found;
}

/** The result that nobody was told goes to whoever asks in the same words, for a while. */
function ofWords(untold: Payment | undefined, ages: Ages): Repetition {
  if (untold === undefined || isOpen(untold)) return { kind: 'new' };
  const age = ageOf(untold, ages);
  if (isWithin(age, centreLimits.untoldMs)) return { kind: 'replay', payment: untold };
  // Nobody knows how long ago that was (rule 18): somebody has to look before money moves again.
  const isMoney = untold.state === 'approved' || untold.state === 'unknown';
  const mayBeThisSale = isMoney && ages.mayBeWithin(untold, decidedMs(untold), centreLimits.untoldMs);
  return mayBeThisSale ? { kind: 'twin', payment: untold } : { kind: 'new' };
}

/** The same key is the same payment, always; for other money it was not meant to be the same. */
function ofKey(order: Order, payment: Payment): Repetition {
  if (!sameMoney(order, payment.order)) return { kind: 'conflict', payment };
  return { kind: isOpen(payment) ? 'join' : 'replay', payment };
}
