import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Ages } from './ages.ts';
import type { OpeningPayment } from './ask-terminal.ts';
import { centreLimits } from './centre-limits.ts';
import type { CentreSettings } from './centre-settings.ts';
import { closeOvertaken, closePayment, recordTold } from './close-payment.ts';
import { asksFor, besides, type CurrentPayment, hasOwnResult, type Settled, type Taken } from './current-payment.ts';
import { type Desk, type DeskResult, declined, type Till } from './desk-result.ts';
import type { Earlier } from './earlier-result.ts';
import { hipayOrderIdFor } from './hipay-order-id.ts';
import { InTurn } from './in-turn.ts';
import { lookUpOrder } from './look-up-order.ts';
import { NothingRecorded, Overtaken } from './not-asked.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';
import type { Journal, Log, Terminal } from './ports.ts';
import { recordKey } from './record-key.ts';
import { sameMoney } from './repetition.ts';
import type { RunningPayments } from './running-payments.ts';
import { TwinSales } from './twin-sale.ts';
import type { UnfinishedRecords } from './unfinished-records.ts';

export interface PaymentDeskRooms {
  journal: Journal;
  terminal: Terminal;
  running: Pick<RunningPayments, 'lastAsked' | 'unrecorded' | 'approvals'>;
  clock: Clock;
  ages: Ages;
  log: Log;
  settings: CentreSettings;
  newPaymentId: () => string;
  /** Carries one payment through: see process-payment. */
  process: (opening: OpeningPayment) => Promise<Payment>;
  /** Goes on with a payment of an earlier process. */
  resume: (payment: Payment, deadlineMs: number) => Promise<Payment>;
  unfinished: Pick<UnfinishedRecords, 'add' | 'finish'>;
  /** The desk is free again. */
  onFree: () => void;
}

/** The counter: takes one payment at a time, knows a repeated order again, and never lets two tills share a terminal. */
export class PaymentDesk implements Desk {
  readonly #rooms: PaymentDeskRooms;
  #current: CurrentPayment | undefined;
  /** One request after the other decides what it is, so that no two of them begin a payment. */
  readonly #turns = new InTurn();
  readonly #twins: TwinSales;
  #stopping = false;

  constructor(rooms: PaymentDeskRooms) {
    this.#rooms = rooms;
    this.#twins = new TwinSales(rooms.clock);
  }

  get busy(): boolean {
    return this.#current !== undefined;
  }

  async submit(order: Order, till: Till): Promise<DeskResult> {
    const deadlineMs = this.#rooms.clock.monotonicMs() + this.#rooms.settings.paymentTimeoutMs;
    if (this.#stopping) return { kind: 'declined', code: '1106', about: {} };
    const taken = await this.#turns.run(() => this.#take(order, till, deadlineMs));
    return 'result' in taken ? this.#resultOf(taken, order, till, deadlineMs) : taken;
  }

  /** Goes on with what an earlier process asked for: the desk is busy until that is decided. */
  resume(payment: Payment, remainingMs: number): void {
    const { clock, resume } = this.#rooms;
    this.#occupy(payment.order, [], resume(payment, clock.monotonicMs() + remainingMs));
  }

  /** Takes nothing new from now on; tells whether a payment is under way, and when all is over, on disk too. */
  stop(): { busy: boolean; over: Promise<void> } {
    this.#stopping = true;
    const { unfinished } = this.#rooms;
    return { busy: this.busy, over: Promise.resolve(this.#current?.result).then(() => unfinished.finish()) };
  }

  /** What a late answer approves while the order is looked up is watched for until the payment that it opens does so itself (rule 2). */
  async #take(order: Order, till: Till, deadlineMs: number): Promise<Taken> {
    if (this.#current !== undefined) return this.#join(this.#current, order, till);
    const approved: Payment[] = [];
    const stopWatching = this.#rooms.running.approvals((by) => approved.push(by));
    try {
      return await this.#decide(order, till, deadlineMs, approved);
    } finally {
      stopWatching();
    }
  }

  async #decide(order: Order, till: Till, deadlineMs: number, approved: readonly Payment[]): Promise<Taken> {
    const { running, log } = this.#rooms;
    let earlier: Earlier;
    try {
      earlier = await lookUpOrder(order, deadlineMs + centreLimits.tillGraceMs, approved, this.#rooms);
    } catch (cause) {
      log.error('The journal fails; nothing was sent to the terminal.', { orderId: order.orderId, cause });
      return { kind: 'declined', code: '1107', about: { orderId: order.orderId } };
    }
    // The stop came while the journal was read: what it waits for has been counted already.
    if (this.#stopping) return { kind: 'declined', code: '1106', about: {} };
    const { repetition, orderIdUsed } = earlier;
    if (repetition.kind === 'new') {
      const [[overtakenBy], { lastAsked }] = [approved, running];
      if (overtakenBy === undefined && this.#twins.holdsBack(order, lastAsked)) return declined('1110', lastAsked);
      return this.#begin(order, till, deadlineMs, orderIdUsed, overtakenBy);
    }
    const { payment } = repetition;
    const told = () => recordTold(payment, this.#rooms);
    switch (repetition.kind) {
      case 'replay':
        recordKey(payment, order, this.#rooms);
        return { kind: 'payment', payment, replayed: true, told };
      case 'conflict':
        return declined('1105', payment);
      case 'twin':
        return { ...declined('1110', payment), told };
      case 'paid_earlier':
        return { ...declined('1109', payment), told };
      case 'join': {
        const unrecorded = running.unrecorded(payment.paymentId);
        // Open in the journal and not at this desk: it is decided, and the journal cannot be told (rule 7), or recovery has not come to it.
        if (unrecorded === undefined) return declined('1104', payment);
        return { kind: 'payment', payment: unrecorded, replayed: true, told: () => {} };
      }
    }
  }

  /** While a payment runs: the same order waits for the same result, everybody else is told at once. */
  #join(current: CurrentPayment, order: Order, till: Till): Taken {
    const same = asksFor(order, current, this.#rooms.settings);
    if (!same || !sameMoney(order, current.order)) return besides(current, same ? '1105' : '1104');
    current.tills.push(till);
    return current;
  }

  #begin(
    order: Order,
    till: Till,
    deadlineMs: number,
    orderIdUsed: boolean,
    overtakenBy: Payment | undefined,
  ): CurrentPayment {
    const { newPaymentId, process, log } = this.#rooms;
    const paymentId = newPaymentId();
    const tills = [till];
    log.debug('A till asks for a payment.', { paymentId, orderId: order.orderId, amountMinor: order.amountMinor });
    const opening: OpeningPayment = {
      paymentId,
      order,
      hipayOrderId: hipayOrderIdFor(order.orderId, paymentId, orderIdUsed),
      deadlineMs,
      isAwaited: () => tills.some((waiting) => waiting.isWaiting()),
      overtakenBy,
    };
    return this.#occupy(order, tills, process(opening));
  }

  #occupy(order: Order, tills: Till[], payment: Promise<Payment>): CurrentPayment {
    const current: CurrentPayment = { order, tills, result: this.#settle(payment) };
    this.#current = current;
    return current;
  }

  async #settle(process: Promise<Payment>): Promise<Settled> {
    const { terminal, log, onFree } = this.#rooms;
    try {
      const payment = await process;
      if (payment.code === '1108') {
        const { paymentId, order, detail } = payment;
        const about = { paymentId, orderId: order.orderId, detail };
        log.error('The till is told what the journal could not be told.', about);
      }
      return { payment, told: closePayment(payment, terminal.takeTrace(), this.#rooms) };
    } catch (cause) {
      if (cause instanceof Overtaken) {
        return { declined: { ...declined('1110', cause.by), told: closeOvertaken(cause.payment, this.#rooms) } };
      }
      if (!(cause instanceof NothingRecorded)) throw cause;
      log.error('The journal cannot be written; nothing was sent to the terminal.', { cause: cause.cause });
      return { declined: { kind: 'declined', code: '1107', about: {} } };
    } finally {
      this.#current = undefined;
      onFree();
    }
  }

  /** Who has joined a payment waits for it from the first moment; that its key has a result of its own may show only then. */
  async #resultOf(current: CurrentPayment, order: Order, till: Till, deadlineMs: number): Promise<DeskResult> {
    if (await hasOwnResult(order, current, deadlineMs + centreLimits.tillGraceMs, this.#rooms)) {
      current.tills.splice(current.tills.indexOf(till), 1);
      return besides(current, '1104');
    }
    const settled = await current.result;
    if ('declined' in settled) return settled.declined;
    recordKey(settled.payment, order, this.#rooms);
    return { kind: 'payment', payment: settled.payment, replayed: false, told: settled.told };
  }
}
