import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Ages } from './ages.ts';
import { centreLimits } from './centre-limits.ts';
import type { DeviceIdentity } from './fact.ts';
import { isOpen } from './payment.ts';
import type { RunningPayments } from './running-payments.ts';

/** What follows from the payment asked last while its answer may still come (rules 10, 15, 16). */
export class LastInDoubt {
  readonly #running: Pick<RunningPayments, 'lastAsked'>;
  readonly #ages: Ages;
  readonly #clock: Clock;
  /** Since when (monotonic) this process has seen a payment in doubt whose age nobody knows (rule 18). */
  #seen: { paymentId: string; sinceMs: number } | undefined;

  constructor(rooms: { running: Pick<RunningPayments, 'lastAsked'>; ages: Ages; clock: Clock }) {
    this.#running = rooms.running;
    this.#ages = rooms.ages;
    this.#clock = rooms.clock;
  }

  /** It is unknown, and has been for less than 15 minutes; where nothing proves for how long, this process has to wait them out (rule 18). */
  isYoung(): boolean {
    const payment = this.#running.lastAsked;
    if (payment?.state !== 'unknown') return false;
    const age = this.#ages.provedOf(payment, payment.decidedAtMs ?? payment.acceptedAtMs);
    return (age === 'in_doubt' ? this.#seenForMs(payment.paymentId) : age) < centreLimits.youngDoubtMs;
  }

  #seenForMs(paymentId: string): number {
    const nowMs = this.#clock.monotonicMs();
    if (this.#seen?.paymentId !== paymentId) this.#seen = { paymentId, sinceMs: nowMs };
    return nowMs - this.#seen.sinceMs;
  }

  /** The only device that may be on the line: the one that was asked, as long as its answer may come. */
  expectedDevice(): DeviceIdentity | undefined {
    const payment = this.#running.lastAsked;
    if (payment === undefined || !(isOpen(payment) || this.isYoung())) return undefined;
    return payment.asked?.device;
  }
}
