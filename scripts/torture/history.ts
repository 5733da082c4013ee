import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { formatBytes } from '@hipay-ecr/shared/concert/trace.ts';
import type { ErrorCode } from '@hipay-ecr/shared/errors.ts';
import type { Charge } from '@hipay-ecr/simulator/terminal/ledger.ts';
import type { PaymentResponseBody } from '../../packages/service/src/http/payment-response-body.ts';
import type { Order } from '../../packages/service/src/payments/order.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { HipayOrder, RegisterAnswer } from '../../packages/service/src/payments/ports.ts';
import type { InvariantName, Violation } from './violation.ts';

/** One request of a till, the n-th of its sale. */
export interface Ring {
  sale: number;
  n: number;
  order: Order;
}

/** What was heard on the line and fits no answer, or one frame of the terminal, with the charge that it is about. */
export type Event =
  | { kind: 'asked'; ring: Ring }
  /** `reached`: the till still listened. `givenMs`: in true time, where the result was on its way for a while. */
  | {
      kind: 'told';
      ring: Ring;
      payment: Payment;
      body: PaymentResponseBody;
      reached: boolean;
      waitedMs: number;
      givenMs?: number;
    }
  | { kind: 'declined'; ring: Ring; code: ErrorCode; reached: boolean; waitedMs: number }
  | { kind: 'hung_up' | 'broken'; ring: Ring }
  | { kind: 'wrote'; bytes: Uint8Array }
  | { kind: 'heard'; bytes: Uint8Array }
  | { kind: 'frame_out'; paymentId: string; transmission: number }
  | { kind: 'frame_taken'; frameNumber: number; paymentId: string | undefined }
  | { kind: 'charged'; charge: Charge }
  /** The bytes, masked, of an answer frame that the terminal wrote. */
  | { kind: 'answering'; chargeId: string; bytesMasked: string }
  | { kind: 'committed'; paymentId: string | undefined; facts: string[]; bytesMasked: string | undefined }
  | { kind: 'commit_failed' }
  /** A process ended, and the disk has an answer whose commit it never heard to be done; `writtenMs`: when it was written. */
  | { kind: 'answer_found'; paymentId: string | undefined; bytesMasked: string; writtenMs: number }
  /** An ACK of ours for an answer frame. */
  | { kind: 'acknowledged'; bytesMasked: string }
  /** `n`: which POST of the run it was. */
  | { kind: 'posted'; n: number; order: HipayOrder }
  /** HiPay's own answer to a POST leaves its house, whether or not anybody still waits for it. */
  | { kind: 'post_answered'; n: number; paymentId: string; tookMs: number; answer: RegisterAnswer }
  | { kind: 'looked_up'; hipayOrderId: string }
  | { kind: 'booked'; hipayOrderId: string; paymentId: string }
  | { kind: 'settled'; paymentId: string; outcome: 'approved' | 'refused'; lies: boolean }
  | { kind: 'resent'; paymentId: string }
  | { kind: 'started' | 'crashed' | 'stopped' | 'cut' | 'plugged' | 'rest' }
  | { kind: 'trouble'; what: string }
  | { kind: 'breach'; violation: Violation };

/** `trueMs` counts the time that machines slept, as people do; `atMs` is monotonic. */
export type Happened = Event & { atMs: number; trueMs: number; station: number };
export type HappenedOf<Kind extends Event['kind']> = Extract<Happened, { kind: Kind }>;

/** What happened, in its order, with monotonic time. */
export class History {
  readonly events: Happened[] = [];
  readonly #clock: Pick<Clock, 'monotonicMs' | 'uptimeMs'>;

  constructor(clock: Pick<Clock, 'monotonicMs' | 'uptimeMs'>) {
    this.#clock = clock;
  }

  add(station: number, event: Event): void {
    this.events.push({ ...event, station, atMs: this.#clock.monotonicMs(), trueMs: this.#clock.uptimeMs() });
  }

  /** An invariant was seen broken as it happened. */
  breach(station: number, invariant: InvariantName, what: string): void {
    this.add(station, { kind: 'breach', violation: { invariant, what } });
  }

  of<Kind extends Event['kind']>(...kinds: Kind[]): HappenedOf<Kind>[] {
    const wanted = new Set<string>(kinds);
    return this.events.filter((event): event is HappenedOf<Kind> => wanted.has(event.kind));
  }

  get lastAtMs(): number {
    return this.events.at(-1)?.atMs ?? 0;
  }
}

/** One line for people. */
export function describeEvent(event: Happened): string {
  const at = `${(event.atMs / 1000).toFixed(3).padStart(10)} s  [${event.station}] ${event.kind}`;
  return `${at} ${detail(event)}`.trimEnd();
}

function detail(event: Happened): string {
  switch (event.kind) {
    case 'asked': {
      const { sale, n, order } = event.ring;
      const id = order.orderIdGiven ? order.orderId : 'without order_id';
      return `sale ${sale}, ring ${n}: ${id}, ${order.amountMinor}`;
    }
    case 'told': {
      const { payment, body, reached, ring } = event;
      const how = `${body.replayed ? ', replayed' : ''}${reached ? '' : ', reached nobody'}`;
      return `sale ${ring.sale}, ring ${ring.n}: ${body.outcome} ${body.errorCode ?? ''} ${payment.paymentId}${how}`;
    }
    case 'declined':
      return `sale ${event.ring.sale}, ring ${event.ring.n}: ${event.code}${event.reached ? '' : ', reached nobody'}`;
    case 'hung_up':
    case 'broken':
      return `sale ${event.ring.sale}, ring ${event.ring.n}`;
    case 'wrote':
    case 'heard':
      return formatBytes(event.bytes);
    case 'frame_out':
      return `${event.paymentId}, transmission ${event.transmission}`;
    case 'frame_taken':
      return `frame ${event.frameNumber} of ${event.paymentId ?? 'nobody'}`;
    case 'charged': {
      const { chargeId, approved, amountMinor, frameNumber } = event.charge;
      return `${chargeId} ${approved ? 'approved' : 'not approved'} ${amountMinor}, frame ${frameNumber}`;
    }
    case 'answering':
      return `${event.chargeId} "${event.bytesMasked}"`;
    case 'committed':
      return `${event.paymentId ?? 'orphan'}: ${event.facts.join(' + ')}`;
    case 'posted':
      return `${event.order.hipayOrderId} for ${event.order.paymentId}`;
    case 'acknowledged':
      return `"${event.bytesMasked}"`;
    case 'answer_found':
      return `${event.paymentId ?? 'orphan'}: "${event.bytesMasked}"`;
    case 'post_answered':
      return `${event.paymentId} after ${event.tookMs} ms: ${JSON.stringify(event.answer)}`;
    case 'looked_up':
      return event.hipayOrderId;
    case 'resent':
      return event.paymentId;
    case 'booked':
      return `${event.hipayOrderId} for ${event.paymentId}`;
    case 'settled':
      return `${event.paymentId} ${event.outcome}${event.lies ? ' (a lie)' : ''}`;
    case 'trouble':
      return event.what;
    case 'breach':
      return `${event.violation.invariant}: ${event.violation.what}`;
    default:
      return '';
  }
}
