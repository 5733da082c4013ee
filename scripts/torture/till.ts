import { type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import type { ErrorCode } from '@hipay-ecr/shared/errors.ts';
import { formatMinor } from '@hipay-ecr/shared/money.ts';
import {
  type PaymentResponseBody,
  paymentResponseBody,
} from '../../packages/service/src/http/payment-response-body.ts';
import type { DeskResult } from '../../packages/service/src/payments/desk-result.ts';
import type { Order } from '../../packages/service/src/payments/order.ts';
import type { History, Ring } from './history.ts';
import type { SalePlan } from './plan.ts';
import type { Station } from './station.ts';
import type { Process } from './station-process.ts';

/** A service that does not answer yet, or is at another payment, is asked again after this; and so often. */
const LATER_MS = 2_000;
const PATIENT_TRIES = 12;
/** How often a till tries a sale that was refused or is in doubt. */
const TRIES_AFTER_A_RESULT = 2;

const RESPONSE_SETTINGS = { language: 'en' } as const;

/** What became of one request. */
type Heard =
  | { kind: 'told'; body: PaymentResponseBody }
  | { kind: 'declined'; code: ErrorCode }
  | { kind: 'hung_up' | 'broken' | 'no_service' };

/** The till, and the cashier before it, at one sale: rings it, and rings it again as their habits are. */
export class TillAtSale {
  readonly #sale: SalePlan;
  readonly #station: Station;
  readonly #clock: Clock;
  readonly #history: History;
  #rings = 0;
  #reRings: number;
  #tries = TRIES_AFTER_A_RESULT;
  #patientTries = PATIENT_TRIES;
  #orderId: string | null;
  #againMs: number | null;

  constructor(sale: SalePlan, { station, clock, history }: { station: Station; clock: Clock; history: History }) {
    this.#sale = sale;
    this.#station = station;
    this.#clock = clock;
    this.#history = history;
    this.#reRings = sale.reRings;
    this.#orderId = sale.orderId;
    this.#againMs = sale.againMs;
  }

  /** Resolves once the cashier has done with the sale, for better or worse. */
  async sell(): Promise<void> {
    for (let waitMs = this.#next(await this.#ring()); waitMs !== undefined; waitMs = this.#next(await this.#ring())) {
      await pause(this.#clock, waitMs);
    }
  }

  /** How long until the till asks again; undefined where it does not. */
  #next(heard: Heard): number | undefined {
    const { pauseMs, afterFailure, afterUnknown } = this.#sale;
    if (heard.kind === 'no_service') return this.#patientTries-- > 0 ? LATER_MS : undefined;
    if (heard.kind === 'declined') {
      const mayPass = ['1104', '1106', '1107', '1110'].includes(heard.code);
      if (!mayPass || this.#patientTries <= 0) return undefined;
      // Once as soon as its habits are; one that is told so again takes its time.
      return this.#patientTries-- === PATIENT_TRIES ? pauseMs : LATER_MS * 3;
    }
    if (heard.kind !== 'told') return this.#reRings-- > 0 ? pauseMs : undefined;
    const { outcome } = heard.body;
    if (outcome === 'approved') return this.#afterApproval();
    if (this.#tries-- <= 0) return undefined;
    if (outcome !== 'unknown') return afterFailure === 'again' ? pauseMs : undefined;
    if (afterUnknown === 'renumber') this.#orderId = `R-${this.#sale.sale}-${this.#tries}`;
    return afterUnknown === 'stop' ? undefined : pauseMs;
  }

  /** Once more, for a receipt that was lost, say. */
  #afterApproval(): number | undefined {
    const againMs = this.#againMs ?? undefined;
    this.#againMs = null;
    return againMs;
  }

  async #ring(): Promise<Heard> {
    const { process } = this.#station;
    if (process === undefined) return { kind: 'no_service' };
    const ring: Ring = { sale: this.#sale.sale, n: ++this.#rings, order: this.#order() };
    this.#history.add(this.#station.number, { kind: 'asked', ring });
    return this.#ask(ring, process);
  }

  async #ask(ring: Ring, process: Process): Promise<Heard> {
    const askedMs = this.#clock.monotonicMs();
    const { promise, resolve } = Promise.withResolvers<Heard>();
    const { patienceMs, hearsAfterMs = 0 } = this.#sale;
    let isWaiting = true;
    const leave = (why: 'hung_up' | 'broken') => {
      if (!isWaiting) return;
      isWaiting = false;
      this.#history.add(this.#station.number, { kind: why, ring });
      resolve({ kind: why });
    };
    if (patienceMs !== null) this.#clock.after(patienceMs, () => leave('hung_up'));
    const stopWatching = this.#station.whenEnds(process, () => leave('broken'));
    this.#station.asking += 1;
    process.engine.desk.submit(ring.order, { isWaiting: () => isWaiting }).then(
      async (result) => {
        if (this.#station.process !== process) return;
        this.#station.asking -= 1;
        const waitedMs = this.#clock.monotonicMs() - askedMs;
        const givenMs = this.#clock.uptimeMs();
        if (result.kind === 'payment') this.#station.checks.told(result.payment);
        if (hearsAfterMs > 0) await pause(process.clock, hearsAfterMs);
        stopWatching();
        resolve(this.#hear(ring, result, { reached: isWaiting, waitedMs, givenMs }));
        isWaiting = false;
      },
      (cause: unknown) => {
        if (this.#station.process !== process) return;
        this.#history.breach(this.#station.number, 'bug', `the desk threw: ${cause}`);
        leave('broken');
      },
    );
    return promise;
  }

  #hear(ring: Ring, result: DeskResult, how: { reached: boolean; waitedMs: number; givenMs: number }): Heard {
    const { number } = this.#station;
    if (result.kind === 'declined') {
      const { code, told = () => {} } = result;
      this.#history.add(number, { kind: 'declined', ring, code, ...how });
      if (how.reached) told();
      return { kind: 'declined', code };
    }
    const { payment, replayed } = result;
    const body = paymentResponseBody(payment, ring.order, replayed, RESPONSE_SETTINGS);
    this.#history.add(number, { kind: 'told', ring, payment, body, ...how });
    if (how.reached) result.told();
    return { kind: 'told', body };
  }

  #order(): Order {
    const { amountMinor, transactionType, sale, keyed } = this.#sale;
    const amount = formatMinor(amountMinor);
    const given = this.#orderId;
    return {
      orderId: given ?? `made-${sale}-${this.#rings}`,
      orderIdGiven: given !== null,
      amountMinor,
      currency: 'EUR',
      transactionType,
      forceAuthorization: false,
      cart: null,
      customer: {},
      customData: {},
      sent: { amount, cart: null, customer: null, customData: null },
      bodyDigest: `${given ?? ''}|${amount}|${transactionType}`,
      ...(keyed && { idempotencyKey: `key-${sale}` }),
    };
  }
}
