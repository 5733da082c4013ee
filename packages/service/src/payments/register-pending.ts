import { Backlog, type BacklogRooms } from './backlog.ts';
import { before } from './before.ts';
import { centreLimits } from './centre-limits.ts';
import type { FactBody } from './fact.ts';
import type { Payment } from './payment.ts';
import {
  attempt,
  lookUp,
  park,
  type RegisterPaymentRooms,
  registeringFact,
  type StepEnd,
  targetStands,
} from './register-payment.ts';
import type { RegistrationSchedule } from './registration-schedule.ts';
import { backoffMs, delayMs, type NextStep } from './retry-policy.ts';
import { VersionConflict } from './version-conflict.ts';

export interface RegisterPendingRooms extends RegisterPaymentRooms, Pick<BacklogRooms, 'clock' | 'mayWork'> {
  /** 0 to 1. */
  random: () => number;
}

/** The outbox: sees to it that each approved payment is registered with HiPay, once, for as long as it takes. */
export class RegisterPending {
  readonly #rooms: RegisterPendingRooms;
  readonly #backlog: Backlog;
  readonly #schedule: RegistrationSchedule;
  /** One flight per payment: the registration under way, which whoever else needs it joins. */
  readonly #flights = new Map<string, Promise<Payment>>();

  constructor(rooms: RegisterPendingRooms) {
    this.#rooms = rooms;
    this.#backlog = new Backlog({ ...rooms, advance: (paymentId) => this.#advanceOrDelay(paymentId) });
    this.#schedule = this.#backlog.schedule;
  }

  /** How many registrations wait, as far as they are held in memory. */
  get waiting(): number {
    return this.#schedule.size;
  }

  /** After a restart everything that waits is due, a little spread out. */
  async start(): Promise<void> {
    const { journal, clock, random } = this.#rooms;
    const most = centreLimits.registrationsPerPage;
    for (let last: Payment | undefined, read: number = most; read === most && !this.#backlog.isStopped; ) {
      const page = await journal.awaitingRegistration(most, last);
      for (const payment of page) {
        if (this.#schedule.has(payment.paymentId)) continue;
        this.#schedule.set(payment, clock.monotonicMs() + random() * centreLimits.startJitterMs);
      }
      this.#backlog.wake();
      last = page.at(-1);
      read = page.length;
    }
  }

  /** Ends the background work, after a moment for what is under way. */
  async stop(): Promise<void> {
    this.#backlog.stop();
    const { clock } = this.#rooms;
    await before(clock.monotonicMs() + centreLimits.stopGraceMs, Promise.all(this.#flights.values()), clock);
  }

  /** The first attempt's fact, to be committed together with the answer that approved the payment (docs/money.md, 1). */
  firstAttempt(expected: Payment): FactBody | undefined {
    const { status, attempts, hipayOrderId } = expected.registration;
    if (expected.state !== 'approved' || status !== 'due' || attempts > 0 || this.#rooms.presence.away)
      return undefined;
    return targetStands(expected, this.#rooms.settings)
      ? registeringFact(expected, hipayOrderId, this.#rooms)
      : undefined;
  }

  /** A payment has just been approved: its registration flies ahead of the backlog, or, where HiPay was away, joins that at once. */
  take(payment: Payment): void {
    const { status } = payment.registration;
    if (status === 'registering') this.#fly(payment);
    if (status === 'due') this.#backlog.dueNow(payment);
  }

  /** A person sends it again: HiPay is asked for it first, once, as no attempt of unknown fate is left (rule 14). */
  takeAgain(payment: Payment): void {
    this.#backlog.dueNow(payment, true);
  }

  /** Waits for a registration, or for a disk to tell of it, on a till's behalf, at most `budgetMs`; the registration goes on. */
  async forTill(payment: Payment, budgetMs: number): Promise<Payment> {
    const { clock, presence, journal } = this.#rooms;
    const latestMs = clock.monotonicMs() + Math.max(0, budgetMs);
    const flight = this.#flights.get(payment.paymentId);
    if (flight === undefined) {
      const asKept = journal.payment(payment.paymentId).catch(() => undefined);
      return (await before(latestMs, asKept, clock)) ?? payment;
    }
    const registered = await before(latestMs, flight, clock);
    if (registered === undefined && budgetMs > 0)
      presence.failed('HiPay has not answered in the time that a till waits');
    return registered ?? payment;
  }

  /** The payment that the backlog waited for has ended. */
  wake(): void {
    this.#backlog.wake();
  }

  /** Gives how long the backlog rests after it. */
  async #advanceOrDelay(paymentId: string): Promise<number> {
    const { clock, log, presence } = this.#rooms;
    try {
      await this.#advance(paymentId);
    } catch (cause) {
      // The till was told meanwhile, say: the payment is looked at again, as it is now.
      if (cause instanceof VersionConflict) return 0;
      log.error('A registration could not go on; it is tried again.', { paymentId, cause });
      this.#schedule.delay(paymentId, clock.monotonicMs() + this.#backoffMs(paymentId));
    }
    return presence.away ? centreLimits.betweenProbesMs : centreLimits.betweenRegistrationsMs;
  }

  /** One step of one payment's registration, whichever is next. */
  async #advance(paymentId: string): Promise<void> {
    const payment = await this.#rooms.journal.payment(paymentId);
    const status = payment?.registration.status ?? 'none';
    if (payment === undefined || status === 'none' || status === 'registered' || status === 'parked') {
      return this.#schedule.delete(paymentId);
    }
    if (!targetStands(payment, this.#rooms.settings)) {
      const changed = 'the HiPay account or address has changed since';
      await this.#follow(await park(payment, 'target', changed, this.#rooms));
    } else if (status === 'due') {
      await this.#send(payment, payment.registration.hipayOrderId);
    } else {
      await this.#follow(await lookUp(payment, this.#schedule.lookedUp(paymentId), this.#rooms));
    }
  }

  async #send(payment: Payment, hipayOrderId: string): Promise<Payment> {
    return this.#fly(await this.#begin(payment, hipayOrderId));
  }

  /** Writes down that it is about to be sent. */
  async #begin(payment: Payment, hipayOrderId: string): Promise<Payment> {
    const fact = registeringFact(payment, hipayOrderId, this.#rooms);
    if (fact === undefined) throw new Error('No contract is configured to register this payment on.');
    return this.#rooms.journal.append(payment.paymentId, [fact], { ifVersion: payment.version });
  }

  #fly(payment: Payment): Promise<Payment> {
    const { paymentId } = payment;
    const underWay = this.#flights.get(paymentId);
    if (underWay !== undefined) return underWay;
    const { clock, log } = this.#rooms;
    this.#schedule.set(payment, Number.POSITIVE_INFINITY);
    const flight = this.#attempt(payment)
      .catch((cause: unknown) => {
        // The journal does not know how the attempt ended; HiPay does, and is asked as after a crash.
        log.error('The end of a registration could not be recorded; HiPay is asked for it later.', {
          paymentId,
          cause,
        });
        this.#schedule.set(payment, clock.monotonicMs() + centreLimits.lookUpsAfterMs[0]);
        return payment;
      })
      .finally(() => {
        this.#flights.delete(paymentId);
        this.#backlog.wake();
      });
    this.#flights.set(paymentId, flight);
    return flight;
  }

  /** One attempt, and at once another one where HiPay only minded the cart: the till's time may suffice for both. */
  async #attempt(payment: Payment): Promise<Payment> {
    const end = await attempt(payment, this.#rooms);
    if (end.next !== 'now') return this.#follow(end);
    return this.#attempt(await this.#begin(end.payment, end.payment.registration.hipayOrderId));
  }

  /** Does, or plans, what a step's end asks for. */
  async #follow(end: StepEnd): Promise<Payment> {
    const { payment } = end;
    const nowMs = this.#rooms.clock.monotonicMs();
    if (end.next === 'done') this.#schedule.delete(payment.paymentId);
    else if (end.next === 'send') return this.#send(payment, end.hipayOrderId);
    else if (end.next === 'wait') this.#schedule.set(payment, nowMs + end.waitMs, end.lookedUp);
    else this.#schedule.set(payment, nowMs + this.#delayMs(payment, end.next));
    return payment;
  }

  #delayMs(payment: Payment, next: Exclude<NextStep, 'done'>): number {
    return next === 'backoff' ? this.#backoffMs(payment.paymentId) : delayMs(payment, next, this.#rooms.ages);
  }

  #backoffMs(paymentId: string): number {
    return backoffMs(this.#schedule.fail(paymentId), this.#rooms.random());
  }
}
