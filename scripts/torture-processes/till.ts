import { request } from 'node:http';
import { type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Order } from '../../packages/service/src/payments/order.ts';
import type { Ring } from '../torture/history.ts';
import type { SalePlan } from '../torture/plan.ts';
import { SECRETS } from '../torture/station-config.ts';

/** A service that is away, or at another payment, is asked again after this; and so often. */
const LATER_MS = 3_000;
const PATIENT_TRIES = 20;
const TRIES_AFTER_A_RESULT = 2;
/** A till that has waited for so long, in its own time, gives up. */
const FORGOTTEN_MS = 120_000;

export type Heard =
  | { kind: 'answer'; httpStatus: number; body: Record<string, unknown> }
  | { kind: 'hung_up' | 'broken' | 'no_service' };

export interface TillRooms {
  localPort: number;
  clock: Clock;
  asked(ring: Ring): void;
  heard(ring: Ring, heard: Heard, waitedMs: number): void;
}

/** A till at one sale, over HTTP, with the habits that its plan says. */
export class TillAtSale {
  readonly #sale: SalePlan;
  readonly #rooms: TillRooms;
  #rings = 0;
  #reRings: number;
  #tries = TRIES_AFTER_A_RESULT;
  #patientTries = PATIENT_TRIES;

  constructor(sale: SalePlan, rooms: TillRooms) {
    this.#sale = sale;
    this.#rooms = rooms;
    this.#reRings = sale.reRings;
  }

  /** Resolves once the cashier has done with the sale. */
  async sell(): Promise<Heard> {
    for (;;) {
      const heard = await this.#ring();
      const waitMs = this.#next(heard);
      if (waitMs === undefined) return heard;
      await pause(this.#rooms.clock, waitMs);
    }
  }

  #next(heard: Heard): number | undefined {
    const { pauseMs, afterFailure, afterUnknown } = this.#sale;
    if (heard.kind === 'no_service') return this.#patientTries-- > 0 ? LATER_MS : undefined;
    if (heard.kind !== 'answer') return this.#reRings-- > 0 ? pauseMs : undefined;
    const { paymentId, outcome, errorCode } = heard.body;
    if (paymentId === undefined) {
      const mayPass = ['1104', '1106', '1107', '1110'].includes(String(errorCode));
      return mayPass && this.#patientTries-- > 0 ? LATER_MS : undefined;
    }
    if (outcome === 'approved' || this.#tries-- <= 0) return undefined;
    const habit = outcome === 'unknown' ? afterUnknown : afterFailure;
    return habit === 'stop' ? undefined : pauseMs;
  }

  #ring(): Promise<Heard> {
    const { clock, localPort, asked, heard } = this.#rooms;
    const { amountMinor, transactionType, orderId, keyed, sale, patienceMs } = this.#sale;
    const ring: Ring = { sale, n: ++this.#rings, order: this.#order() };
    const body = JSON.stringify({
      amount: formatMinor(amountMinor),
      transaction_type: transactionType,
      ...(orderId !== null && { order_id: orderId }),
    });
    const headers = {
      authorization: `Basic ${Buffer.from(`till:${SECRETS.apiPassword}`).toString('base64')}`,
      'content-type': 'application/json',
      ...(keyed && { 'idempotency-key': `key-${sale}` }),
    };
    const askedMs = clock.monotonicMs();
    return new Promise((resolve) => {
      let isOver = false;
      const end = (what: Heard) => {
        if (isOver) return;
        isOver = true;
        cancel();
        heard(ring, what, clock.monotonicMs() - askedMs);
        resolve(what);
        sent.destroy();
      };
      const cancel = clock.after(patienceMs ?? FORGOTTEN_MS, () => end({ kind: 'hung_up' }));
      const sent = request({
        host: '127.0.0.1',
        port: localPort,
        path: '/order',
        method: 'POST',
        headers,
        agent: false,
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        end({ kind: error.code === 'ECONNREFUSED' ? 'no_service' : 'broken' });
      });
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', () => end({ kind: 'broken' }));
        response.on('end', () => end({ kind: 'answer', httpStatus: response.statusCode ?? 0, body: JSON.parse(text) }));
      });
      asked(ring);
      sent.end(body);
    });
  }

  /** As the invariants compare it. */
  #order(): Order {
    const { amountMinor, transactionType, sale, keyed, orderId } = this.#sale;
    const amount = formatMinor(amountMinor);
    return {
      orderId: orderId ?? `made-${sale}-${this.#rings}`,
      orderIdGiven: orderId !== null,
      ...{ amountMinor, transactionType, currency: 'EUR', forceAuthorization: false, cart: null, customer: {} },
      customData: {},
      sent: { amount, cart: null, customer: null, customData: null },
      bodyDigest: `${orderId ?? ''}|${amount}|${transactionType}`,
      ...(keyed && { idempotencyKey: `key-${sale}` }),
    };
  }
}
