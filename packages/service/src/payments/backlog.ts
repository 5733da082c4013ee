import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import type { Payment } from './payment.ts';
import { RegistrationSchedule } from './registration-schedule.ts';

export interface BacklogRooms {
  clock: Clock;
  /** False while a payment is being asked: the backlog waits for it (rule 17). */
  mayWork: () => boolean;
  /** One step of one payment's registration; gives for how long the backlog rests after it. */
  advance: (paymentId: string) => Promise<number>;
}

/** The registrations that wait: each is due at its time, and they go one by one, the oldest first, with a rest in between. */
export class Backlog {
  readonly schedule = new RegistrationSchedule();
  readonly #rooms: BacklogRooms;
  #working = false;
  #restUntilMs = 0;
  #stopped = false;
  #cancelTimer: Cancel = () => {};

  constructor(rooms: BacklogRooms) {
    this.#rooms = rooms;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** This one is due now, and the rest that is on is over; the oldest of those that are due goes first, as ever. */
  dueNow(payment: Payment, lookedUp = false): void {
    this.schedule.set(payment, this.#rooms.clock.monotonicMs(), lookedUp);
    this.#restUntilMs = 0;
    this.wake();
  }

  /** Looks for work again: something is due at another time, or the payment that it waited for has ended. */
  wake(): void {
    this.#cancelTimer();
    const { clock, mayWork } = this.#rooms;
    if (this.#stopped || this.#working || !mayWork()) return;
    const dueMs = this.schedule.nextDueMs();
    if (dueMs === undefined || dueMs === Number.POSITIVE_INFINITY) return;
    const nextMs = Math.max(dueMs, this.#restUntilMs);
    this.#cancelTimer = clock.after(Math.max(0, nextMs - clock.monotonicMs()), () => void this.#work());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
  }

  /** One that is due; a payment that begins meanwhile goes before the next. */
  async #work(): Promise<void> {
    const { clock, mayWork, advance } = this.#rooms;
    if (this.#working || this.#stopped || !mayWork()) return;
    const paymentId = this.schedule.oldestDue(clock.monotonicMs());
    if (paymentId !== undefined) {
      this.#working = true;
      const restMs = await advance(paymentId);
      this.#restUntilMs = clock.monotonicMs() + restMs;
      this.#working = false;
    }
    this.wake();
  }
}
