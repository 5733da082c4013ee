import { type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import { OrderBook } from '@hipay-ecr/simulator/gateway/order-book.ts';
import { checkOrderForm } from '@hipay-ecr/simulator/gateway/order-form.ts';
import { notBookedBody, transactionBody } from '@hipay-ecr/simulator/gateway/transaction-body.ts';
import { lookUpAnswer } from '../../packages/service/src/gateway/found-orders.ts';
import { gatewayLimits } from '../../packages/service/src/gateway/gateway-limits.ts';
import { registerAnswer } from '../../packages/service/src/gateway/hipay-answer.ts';
import { orderForm } from '../../packages/service/src/gateway/hipay-order.ts';
import type { HipayOrder, LookUpAnswer, RegisterAnswer } from '../../packages/service/src/payments/ports.ts';
import type { GatewayFault, LagFault } from './plan.ts';

type FaultKind = GatewayFault['kind'];
type FaultOf<Kind extends FaultKind> = Extract<GatewayFault, { kind: Kind }>;

const HTML = '<html><body><h1>502 Bad Gateway</h1></body></html>';
const NEVER_MS = 10 * 60_000;

interface HttpAnswer {
  httpStatus: number;
  body: string;
}

export interface PostListener {
  booked(hipayOrderId: string): void;
  /** What HiPay, or a proxy in its place, answers; it may come to nobody. */
  answered(answer: RegisterAnswer): void;
}

/** HiPay, with the simulator's order book and the service's own forms and readings; only the network between is made up. */
export class TorturedGateway {
  readonly book = new OrderBook();
  readonly #clock: Clock;
  readonly #hashKey: string;
  readonly #used: (kind: FaultKind) => void;
  #standing: { fault: GatewayFault; untilMs: number }[] = [];

  constructor(clock: Clock, hashKey: string, used: (kind: FaultKind) => void) {
    this.#clock = clock;
    this.#hashKey = hashKey;
    this.#used = used;
  }

  fail(fault: GatewayFault, forMs: number): void {
    this.#standing.push({ fault, untilMs: this.#clock.monotonicMs() + forMs });
  }

  heal(): void {
    this.#standing = [];
  }

  async register(order: HipayOrder, { booked, answered }: PostListener): Promise<RegisterAnswer> {
    if (this.#fault('refuse_connection')) return { kind: 'no_word', bytesLeft: false, detail: 'connection refused' };
    const taken = this.#takeOrder(order, booked);
    void taken.then((answer) => answer && answered(registerAnswer(answer.httpStatus, answer.body)));
    const answer = await this.#within(taken);
    if (answer === undefined) return { kind: 'no_word', bytesLeft: true, detail: 'no answer in time' };
    return registerAnswer(answer.httpStatus, answer.body);
  }

  async lookUp(hipayOrderId: string): Promise<LookUpAnswer> {
    if (this.#fault('refuse_connection')) return { kind: 'no_word', detail: 'connection refused' };
    const answer = await this.#within(this.#show(hipayOrderId));
    if (answer === undefined) return { kind: 'no_word', detail: 'no answer in time' };
    return lookUpAnswer(answer.httpStatus, answer.body, hipayOrderId);
  }

  /** An answer that comes after the time-out comes to nobody; what it answers has happened all the same. */
  #within(answer: Promise<HttpAnswer | undefined>): Promise<HttpAnswer | undefined> {
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const cancel = this.#clock.after(gatewayLimits.wholeMs, () => resolve(undefined));
    return Promise.race([answer, late]).finally(cancel);
  }

  async #takeOrder(hipayOrder: HipayOrder, booked: (hipayOrderId: string) => void): Promise<HttpAnswer | undefined> {
    const before = await this.#onTheWay();
    if (before !== undefined) return before;
    const form = checkOrderForm(orderForm(hipayOrder, this.#hashKey).fields, this.#hashKey);
    if ('httpStatus' in form) return json(form);
    const state = this.#fault('state')?.state;
    if (state !== undefined && state !== 'pending') {
      return json({ httpStatus: 200, body: notBookedBody(form, state, this.#clock.nowMs()) });
    }
    const lag: LagFault | undefined = this.#fault('lag');
    const order = this.book.book(form, this.#clock.nowMs(), {
      ...(state !== undefined && { state }),
      visibleFromMs: this.#clock.monotonicMs() + (lag?.lagMs ?? 0),
    });
    if ('httpStatus' in order) return json(order);
    booked(form.orderId);
    if (this.#fault('html_after_booking')) return { httpStatus: 502, body: HTML };
    if (this.#fault('drop_after_booking')) return undefined;
    if (this.#fault('timeout_after_booking')) await pause(this.#clock, NEVER_MS);
    return json({ httpStatus: 200, body: transactionBody(order) });
  }

  async #show(hipayOrderId: string): Promise<HttpAnswer> {
    const before = await this.#onTheWay();
    if (before !== undefined) return before;
    const order = this.book.byOrderId(hipayOrderId, this.#clock.monotonicMs());
    return json({ httpStatus: 200, body: order === undefined ? {} : { transaction: transactionBody(order) } });
  }

  /** What keeps a request from HiPay's own books. */
  async #onTheWay(): Promise<HttpAnswer | undefined> {
    const delay = this.#fault('delay');
    if (delay !== undefined) await pause(this.#clock, delay.delayMs);
    if (this.#fault('http_500_html')) return { httpStatus: 500, body: HTML };
    const status = this.#fault('http_status')?.status;
    if (status !== undefined) return { httpStatus: status, body: '' };
    const code = this.#fault('code')?.code;
    if (code === undefined) return undefined;
    return json({ httpStatus: 400, body: { code, message: 'Simulated error', description: 'planned' } });
  }

  #fault<Kind extends FaultKind>(kind: Kind): FaultOf<Kind> | undefined {
    const nowMs = this.#clock.monotonicMs();
    const standing = this.#standing.find(({ fault, untilMs }) => fault.kind === kind && nowMs < untilMs);
    if (standing !== undefined) this.#used(kind);
    return standing?.fault as FaultOf<Kind> | undefined;
  }
}

function json({ httpStatus, body }: { httpStatus: number; body: object }): HttpAnswer {
  return { httpStatus, body: JSON.stringify(body) };
}
