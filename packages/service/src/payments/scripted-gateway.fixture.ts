import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { FoundOrder, HipayGateway, HipayOrder, LookUpAnswer, RegisterAnswer } from './ports.ts';

export const COMPLETED: RegisterAnswer = { kind: 'state', state: 'completed', reference: '800001', detail: '' };
export const BROKEN: RegisterAnswer = { kind: 'no_word', bytesLeft: true, detail: 'the connection broke' };
export const DOWN: RegisterAnswer = { kind: 'no_word', bytesLeft: false, detail: 'connection refused' };
export const TAKEN: RegisterAnswer = { kind: 'code', code: '3010004', httpStatus: 400, detail: 'order exists' };

/** HiPay, as far as the centre sees it: it says what a test says, and keeps what it was asked and when. */
export class ScriptedGateway implements HipayGateway {
  readonly posts: HipayOrder[] = [];
  readonly postedAtMs: number[] = [];
  readonly lookedUpAtMs: number[] = [];
  readonly lookedUp: string[] = [];
  answers: (order: HipayOrder) => RegisterAnswer | Promise<RegisterAnswer> = () => COMPLETED;
  finds: (hipayOrderId: string) => LookUpAnswer = () => ({ kind: 'none' });
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async register(order: HipayOrder): Promise<RegisterAnswer> {
    this.posts.push(order);
    this.postedAtMs.push(this.#clock.monotonicMs());
    return this.answers(order);
  }

  async lookUp(hipayOrderId: string): Promise<LookUpAnswer> {
    this.lookedUp.push(hipayOrderId);
    this.lookedUpAtMs.push(this.#clock.monotonicMs());
    return this.finds(hipayOrderId);
  }

  /** Answers each POST only when its time is up, as HiPay's client does where nothing comes back. */
  timesOutAfter(ms: number): void {
    this.answers = () =>
      new Promise((resolve) => {
        this.#clock.after(ms, () => resolve({ kind: 'no_word', bytesLeft: true, detail: 'no answer in time' }));
      });
  }

  /** One answer after the other, the last one for ever. */
  answersInTurn(...answers: RegisterAnswer[]): void {
    this.answers = () => (answers.length > 1 ? answers.shift() : answers[0]) ?? COMPLETED;
  }
}

/** A look-up that finds one order. */
export function foundOrder(differs: Partial<FoundOrder>): { kind: 'found'; orders: FoundOrder[] } {
  const order = { reference: '8009', amountMinor: 1250, currency: 'EUR', hasCustomData: true, ...differs };
  return { kind: 'found', orders: [order] };
}
