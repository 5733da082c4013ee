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
export function mayCount(payment: PaymentStanding, counting: Counting): boolean {
  if (isOpen(payment)) return true;
  // What took nothing stands for nothing; only the latest is asked about, which is given in any case.
  if (isFailure(payment)) return false;
  if (decidedOf(payment) >= counting.sinceMs || payment.toldAtMs === undefined) return true;
  return isAgeInDoubt(payment, counting);
}

/**
 * Whether a moment may be young, as far as its age can be in doubt at all (`Ages.mayBeWithin` says it of fewer): what may not,
 * is past for certain, and need not even be read.
 */
export function mayBeYoung(payment: PaymentStanding, counting: Counting): boolean {
  const decidedMs = decidedOf(payment);
  if (decidedMs >= counting.sinceMs || isAgeInDoubt(payment, counting)) return true;
  const { bootAtMs, bootId } = payment;
  const isOtherBoot = bootId !== undefined && counting.bootId !== undefined && bootId !== counting.bootId;
  if (bootAtMs === undefined || isOtherBoot) return false;
  // Where boots have no names it may have been on this one: then the machine's running time says how long ago. By how little the wall
  // was set since, nobody has noted.
  return decidedMs - bootAtMs + counting.bootAtMs >= counting.sinceMs - centreLimits.clockToleranceMs;
}

function decidedOf(payment: PaymentStanding): number {
  return payment.decidedAtMs ?? payment.acceptedAtMs;
}

/** Its times stood still, or the wall clock was set since, on this start of the machine (rule 18). */
function isAgeInDoubt(payment: PaymentStanding, { bootAtMs, bootId }: Counting): boolean {
  if (payment.timesStoodStill) return true;
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
