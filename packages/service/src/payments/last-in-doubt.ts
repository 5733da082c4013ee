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
  readonly #startedMs: number;

  constructor(rooms: { running: Pick<RunningPayments, 'lastAsked'>; ages: Ages; clock: Clock }) {
    this.#running = rooms.running;
    this.#ages = rooms.ages;
    this.#clock = rooms.clock;
    this.#startedMs = rooms.clock.monotonicMs();
  }

  /** It is unknown, and has been for less than 15 minutes; where nobody knows for how long, this process has to wait them out. */
  isYoung(): boolean {
    const payment = this.#running.lastAsked;
    if (payment?.state !== 'unknown') return false;
    const age = this.#ages.of(payment, payment.decidedAtMs ?? payment.acceptedAtMs);
    const knownMs = age === 'in_doubt' ? this.#clock.monotonicMs() - this.#startedMs : age;
    return knownMs < centreLimits.youngDoubtMs;
  }

  /** The only device that may be on the line: the one that was asked, as long as its answer may come. */
  expectedDevice(): DeviceIdentity | undefined {
    const payment = this.#running.lastAsked;
    if (payment === undefined || !(isOpen(payment) || this.isYoung())) return undefined;
    return payment.asked?.device;
  }
}
