import type { Age, Ages } from './ages.ts';
import { centreLimits } from './centre-limits.ts';
import type { Order } from './order.ts';
import { isOpen, type Payment, type PaymentStanding } from './payment.ts';

/** What a request for an order is, in the light of the payments that order has had (rule 1). */
export type Repetition =
  | { kind: 'new' }
  /** The recorded result is given again. */
  | { kind: 'replay'; payment: Payment }
  /** Still open: the request waits for the same result. */
  | { kind: 'join'; payment: Payment }
  /** 1105: the order id stands for another payment. */
  | { kind: 'conflict'; payment: Payment }
  /** 1110: it may be this sale, and nobody knows how long ago that was. */
  | { kind: 'twin'; payment: Payment }
  /** 1109: paid longer ago than a repetition takes. */
  | { kind: 'paid_earlier'; payment: Payment };

export interface RepetitionRules {
  orderIdScope: 'day' | 'forever' | 'none';
  repeatWindowMs: number;
}

/** Same money, same direction: without this, the same order id means another payment. */
export function sameMoney(order: Order, other: Order): boolean {
  return (
    order.amountMinor === other.amountMinor &&
    order.currency === other.currency &&
    order.transactionType === other.transactionType
  );
}

/** Of the payments of one order id, newest first, the one that stands for it. */
export function standingFor<Standing extends PaymentStanding>(
  payments: Standing[],
  ages: Ages,
  rules: RepetitionRules,
): Standing | undefined {
  const counting = payments.filter((payment) => rules.orderIdScope === 'forever' || countsToday(payment, ages));
  return (
    counting.find(isOpen) ??
    counting.find(({ state }) => state === 'unknown') ??
    counting.find(({ state }) => state === 'approved')
  );
}

/** `payments`: all of this order id, newest first; or of them only the one that decides. */
export function repetitionOf(order: Order, payments: Payment[], ages: Ages, rules: RepetitionRules): Repetition {
  if (rules.orderIdScope === 'none') return { kind: 'new' };
  const payment = standingFor(payments, ages, rules);
  if (payment === undefined)
    return isOwed(payments[0], order, ages, rules) ? { kind: 'replay', payment: payments[0] } : { kind: 'new' };
  if (!sameMoney(order, payment.order)) return { kind: 'conflict', payment };
  if (isOpen(payment)) return { kind: 'join', payment };
  if (payment.state === 'unknown') return { kind: 'replay', payment };
  return isWithin(ageOf(payment, ages), rules.repeatWindowMs)
    ? { kind: 'replay', payment }
    : { kind: 'paid_earlier', payment };
}

/** A failure that reached nobody is told first; only the request after that is a new payment (rule 4). */
function isOwed(latest: Payment | undefined, order: Order, ages: Ages, rules: RepetitionRules): latest is Payment {
  if (latest === undefined || latest.toldAtMs !== undefined) return false;
  const failed = latest.state === 'refused' || latest.state === 'not_sent';
  return failed && sameMoney(order, latest.order) && isWithin(ageOf(latest, ages), rules.repeatWindowMs);
}

/**
 * A till may number from 1 each day: what is over and was told, or stays unknown and is listed, gives its number free.
 * Where nobody knows how old it is, it counts: better told once too often than charged twice.
 */
function countsToday(payment: PaymentStanding, ages: Ages): boolean {
  const age = ageOf(payment, ages);
  if (age === 'in_doubt' || age <= centreLimits.orderDayMs) return true;
  if (payment.state === 'unknown') return false;
  return !(payment.state === 'approved' && payment.toldAtMs !== undefined);
}

/** Since its outcome, or where it has none, since it was asked for. */
export function ageOf(payment: PaymentStanding, ages: Ages): Age {
  return ages.of(payment, decidedMs(payment));
}

export function decidedMs(payment: PaymentStanding): number {
  return payment.decidedAtMs ?? payment.acceptedAtMs;
}

/** An age in doubt is within nothing (rule 18). */
export function isWithin(age: Age, windowMs: number): boolean {
  return age !== 'in_doubt' && age <= windowMs;
}
