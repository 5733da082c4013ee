import { centreLimits } from './centre-limits.ts';
import { isOpen, type PaymentStanding } from './payment.ts';

/** From when on results are young, and by what it is seen that the age of an older one is in doubt (rules 1 and 18). */
export interface Counting {
  sinceMs: number;
  /** When this machine was started, by the present wall, and the system's name for that start. */
  bootAtMs: number;
  bootId?: string | undefined;
}

/** Nothing is too old. */
export const EVERYTHING: Counting = { sinceMs: 0, bootAtMs: 0 };

/**
 * Whether a payment may count for its order. What may not, does not for certain, so the journal keeps it to itself: a
 * till that numbers from 1 each day asks about hundreds that were paid and told long ago. Whether one does count is
 * for `standingFor` to say.
 */
export function mayCount(payment: PaymentStanding, { sinceMs, bootAtMs, bootId }: Counting): boolean {
  if (isOpen(payment) || (payment.decidedAtMs ?? payment.acceptedAtMs) >= sinceMs) return true;
  if (isFailure(payment)) return false;
  if (payment.toldAtMs === undefined || payment.timesStoodStill) return true;
  const mayBeOfThisBoot = payment.acceptedAtMs >= bootAtMs || (bootId !== undefined && payment.bootId === bootId);
  const isOffBy = payment.bootAtMs === undefined ? 0 : Math.abs(payment.bootAtMs - bootAtMs);
  return mayBeOfThisBoot && isOffBy > centreLimits.clockToleranceMs;
}

/** Nothing was taken, as far as is known. */
export function isFailure({ state }: Pick<PaymentStanding, 'state'>): boolean {
  return state === 'refused' || state === 'not_sent';
}

/** Of the payments of an order, newest first: the latest, the latest that is no failure, and all that may count. */
export function thatMatter<Standing extends PaymentStanding>(payments: Standing[], counting: Counting): Standing[] {
  const latest = payments.findIndex((payment) => !isFailure(payment));
  return payments.filter((payment, i) => i === 0 || i === latest || mayCount(payment, counting));
}
