import type { Cancel } from '@hipay-ecr/shared/clock.ts';
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
import { RegistrationSchedule } from './registration-schedule.ts';
import { backoffMs, type NextStep } from './retry-policy.ts';
import { VersionConflict } from './version-conflict.ts';

export interface RegisterPendingRooms extends RegisterPaymentRooms {
  /** 0 to 1. */
  random: () => number;
  /** False while a payment is being asked: the backlog waits for it (rule 17). */
  mayWork: () => boolean;
}

/** The outbox: sees to it that each approved payment is registered with HiPay, once, for as long as it takes. */
export class RegisterPending {
  readonly #rooms: RegisterPendingRooms;
  readonly #schedule = new RegistrationSchedule();
  /** One flight per payment: the registration under way, which whoever else needs it joins. */
  readonly #flights = new Map<string, Promise<Payment>>();
  #working = false;
  #stopped = false;
  #cancelTimer: Cancel = () => {};

  constructor(rooms: RegisterPendingRooms) {
    this.#rooms = rooms;
  }

  /** How many registrations wait, as far as they are held in memory. */
  get waiting(): number {
    return this.#schedule.size;
  }

  /** After a restart everything that waits is due, a little spread out. */
  async start(): Promise<void> {
    const { journal, clock, random } = this.#rooms;
    const most = centreLimits.registrationsPerPage;
    for (let last: Payment | undefined, read: number = most; read === most && !this.#stopped; ) {
      const page = await journal.awaitingRegistration(most, last);
      for (const payment of page) {
        if (this.#schedule.has(payment.paymentId)) continue;
        this.#schedule.set(payment, clock.monotonicMs() + random() * centreLimits.startJitterMs);
      }
      this.#arm();
      last = page.at(-1);
      read = page.length;
    }
  }

  /** Ends the background work, after a moment for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    const { promise: patienceOver, resolve } = Promise.withResolvers<void>();
    const cancel = this.#rooms.clock.after(centreLimits.stopGraceMs, resolve);
    await Promise.race([Promise.all(this.#flights.values()), patienceOver]);
    cancel();
  }

  /** The first attempt's fact, to be committed together with the answer that approved the payment (MONEY 1). */
  firstAttempt(expected: Payment): FactBody | undefined {
    const { status, attempts, hipayOrderId } = expected.registration;
    if (expected.state !== 'approved' || status !== 'due' || attempts > 0 || this.#rooms.presence.away)
      return undefined;
    return targetStands(expected, this.#rooms.settings)
      ? registeringFact(expected, hipayOrderId, this.#rooms)
      : undefined;
  }

  /** A payment has just been approved: its registration goes before the backlog, unless HiPay is known to be away. */
  take(payment: Payment): void {
    const { status } = payment.registration;
    if (status === 'registering') this.#fly(payment);
    if (status === 'due') this.#schedule.set(payment, this.#rooms.clock.monotonicMs());
    this.#arm();
  }

  /** Waits for a registration on a till's behalf, at most `budgetMs`; the registration itself goes on. */
  async forTill(payment: Payment, budgetMs: number): Promise<Payment> {
    const flight = this.#flights.get(payment.paymentId);
    if (flight === undefined) {
      const asKept = await this.#rooms.journal.payment(payment.paymentId).catch(() => undefined);
      return asKept ?? payment;
    }
    const { promise: timedOut, resolve } = Promise.withResolvers<'timed_out'>();
    const cancel = this.#rooms.clock.after(Math.max(0, budgetMs), () => resolve('timed_out'));
    const registered = await Promise.race([flight.catch(() => payment), timedOut]);
    cancel();
    if (registered !== 'timed_out') return registered;
    this.#rooms.presence.failed('HiPay has not answered in the time that a till waits');
    return payment;
  }

  /** Looks for work again: the payment that it waited for has ended. */
  wake(): void {
    this.#arm();
  }

  #arm(): void {
    this.#cancelTimer();
    if (this.#stopped || this.#working || !this.#rooms.mayWork()) return;
    const dueMs = this.#schedule.nextDueMs();
    if (dueMs === undefined || dueMs === Number.POSITIVE_INFINITY) return;
    const { clock } = this.#rooms;
    this.#cancelTimer = clock.after(Math.max(0, dueMs - clock.monotonicMs()), () => void this.#work());
  }

  /** Does what is due, oldest first, until nothing is; a payment that begins meanwhile makes it wait. */
  async #work(): Promise<void> {
    const { clock, log, mayWork } = this.#rooms;
    if (this.#working || this.#stopped) return;
    this.#working = true;
    while (mayWork() && !this.#stopped) {
      const paymentId = this.#schedule.oldestDue(clock.monotonicMs());
      if (paymentId === undefined) break;
      try {
        await this.#advance(paymentId);
      } catch (cause) {
        // The till was told meanwhile, say: the payment is looked at again, as it is now.
        if (cause instanceof VersionConflict) continue;
        log.error('A registration could not go on; it is tried again.', { paymentId, cause });
        this.#schedule.delay(paymentId, clock.monotonicMs() + this.#delayMs(paymentId, 'backoff'));
      }
    }
    this.#working = false;
    this.#arm();
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
    const fact = registeringFact(payment, hipayOrderId, this.#rooms);
    if (fact === undefined) throw new Error('No contract is configured to register this payment on.');
    return this.#fly(await this.#rooms.journal.append(payment.paymentId, [fact], { ifVersion: payment.version }));
  }

  #fly(payment: Payment): Promise<Payment> {
    const { paymentId } = payment;
    const underWay = this.#flights.get(paymentId);
    if (underWay !== undefined) return underWay;
    const { clock, log } = this.#rooms;
    this.#schedule.set(payment, Number.POSITIVE_INFINITY);
    const flight = attempt(payment, this.#rooms)
      .then((end) => this.#follow(end))
      .catch((cause: unknown) => {
        // The journal does not know how the attempt ended; HiPay does, and is asked as after a crash.
        log.error('The end of a registration could not be recorded; HiPay is asked for it later.', {
          paymentId,
          cause,
        });
        this.#schedule.set(payment, clock.monotonicMs() + this.#delayMs(paymentId, 'look_up_later'));
        return payment;
      })
      .finally(() => {
        this.#flights.delete(paymentId);
        this.#arm();
      });
    this.#flights.set(paymentId, flight);
    return flight;
  }

  /** Does, or plans, what a step's end asks for. */
  async #follow(end: StepEnd): Promise<Payment> {
    const { payment } = end;
    const nowMs = this.#rooms.clock.monotonicMs();
    if (end.next === 'done') this.#schedule.delete(payment.paymentId);
    else if (end.next === 'send') return this.#send(payment, end.hipayOrderId);
    else if (end.next === 'wait') this.#schedule.set(payment, nowMs + end.waitMs, end.lookedUp);
    else this.#schedule.set(payment, nowMs + this.#delayMs(payment.paymentId, end.next));
    return payment;
  }

  #delayMs(paymentId: string, next: Exclude<NextStep, 'done'>): number {
    switch (next) {
      case 'now':
      case 'look_up':
        return 0;
      case 'look_up_later':
        return centreLimits.lookUpsAfterMs[0];
      case 'hourly':
        return centreLimits.retryHourlyMs;
      case 'backoff':
        return backoffMs(this.#schedule.fail(paymentId), this.#rooms.random());
    }
  }
}
