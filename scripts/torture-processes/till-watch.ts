import type { PaymentResponseBody } from '../../packages/service/src/http/payment-response-body.ts';
import type { HappenedOf, History, Ring } from '../torture/history.ts';
import type { Moments } from './moments.ts';
import type { Heard } from './till.ts';

/** What a till was told of a payment. */
export interface Told {
  atMs: number;
  waitedMs: number;
  ring: Ring;
  body: PaymentResponseBody;
}

type Code = HappenedOf<'declined'>['code'];

/** Codes of ours that go with an HTTP status of 500 or more; without one of them it is a bug. */
const OWN_FAILURES: Code[] = ['1106', '1107', '1108'];

/** What the tills ask and hear. */
export class TillWatch {
  readonly told: Told[] = [];
  readonly #history: History;
  readonly #moments: Moments;
  readonly #nowMs: () => number;

  constructor(history: History, moments: Moments, nowMs: () => number) {
    this.#history = history;
    this.#moments = moments;
    this.#nowMs = nowMs;
  }

  asked(ring: Ring): void {
    this.#history.add(0, { kind: 'asked', ring });
    this.#moments.reach('asked');
  }

  heard(ring: Ring, heard: Heard, waitedMs: number): void {
    if (heard.kind !== 'answer') {
      this.#history.add(0, { kind: heard.kind === 'hung_up' ? 'hung_up' : 'broken', ring });
      return;
    }
    const { body, httpStatus } = heard;
    this.#moments.reach('told');
    if (isPaymentResponse(body)) {
      this.told.push({ atMs: this.#nowMs(), waitedMs, ring, body });
      return;
    }
    const code = String(body.errorCode) as Code;
    this.#history.add(0, { kind: 'declined', ring, code, reached: true, waitedMs });
    if (httpStatus >= 500 && !OWN_FAILURES.includes(code)) {
      this.#history.breach(0, 'bug', `HTTP ${httpStatus}: ${JSON.stringify(body)}`);
    }
  }
}

function isPaymentResponse(body: object): body is PaymentResponseBody {
  return 'paymentId' in body;
}
