import { type Cancel, type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import type { TransferOutcome } from '@hipay-ecr/shared/concert/link-types.ts';
import type { PaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';
import { type PrivateFieldHabit, writeAnswer } from './answer.ts';
import type { LineFaults } from './faulty-line.ts';
import type { Charge, Ledger } from './ledger.ts';
import type { OwedAnswer } from './owed-answer.ts';
import type { Scenario } from './scenario.ts';
import type { TerminalDelays } from './terminal-delays.ts';
import type { TerminalEvent } from './terminal-event.ts';

/** What a payment needs of the terminal on which it runs. */
export interface PaymentSurroundings {
  clock: Clock;
  delays: TerminalDelays;
  ledger: Ledger;
  privateField: PrivateFieldHabit;
  answerSessions: number;
  faults: LineFaults;
  newChargeId(): string;
  happened(event: TerminalEvent): void;
  send(data: Uint8Array): Promise<TransferOutcome>;
  /** What could not be delivered, and what is brought of that once the next request is taken. */
  owed: Pick<OwedAnswer, 'owe' | 'requestTaken'>;
  pullCable(): void;
}

export type Ending = 'approved' | 'refused' | 'abandoned';

/** A tip, for the scenario that takes another amount than asked. */
const TIP_MINOR = 100;
const PRIVATE_LENGTH = 10;

/** One customer's transaction, from the request's ACK until its answer is through or given up. */
export class PaymentRun {
  readonly #at: PaymentSurroundings;
  readonly #request: PaymentRequest;
  readonly #scenario: Scenario;
  readonly #frameNumber: number;
  #stopWaiting: () => void = () => {};
  #abandoned = false;

  constructor(surroundings: PaymentSurroundings, request: PaymentRequest, scenario: Scenario, frameNumber: number) {
    this.#at = surroundings;
    this.#request = request;
    this.#scenario = scenario;
    this.#frameNumber = frameNumber;
  }

  async run(): Promise<void> {
    await this.#at.owed.requestTaken(this.#request);
    const immediate = this.#request.delay === 'A011';
    if (immediate) await this.#at.send(this.#answer('9', this.#request.amountMinor, this.#at.newChargeId()));
    if (!this.#abandoned) await this.#customer();
    const { charge, ending } = this.#decide();
    this.#at.happened({ kind: 'decided', charge, ending });
    if (immediate || this.#scenario.answer === 'never') {
      this.#at.happened({ kind: 'answer_withheld', charge });
      return;
    }
    if (this.#scenario.unplug === 'before_answer') this.#at.pullCable();
    this.#at.faults.deaf = this.#scenario.answer === 'unheard';
    const amountMinor = ending === 'abandoned' ? 0 : charge.amountMinor;
    await this.#deliver(charge, amountMinor, this.#answer(charge.approved ? '0' : '7', amountMinor, charge.chargeId));
  }

  /** The cashier's red key: nothing more is waited for. Too late once the payment is decided. */
  abandon(): void {
    this.#abandoned = true;
    this.#stopWaiting();
  }

  #customer(): Promise<void> {
    const { paymentMs, slowPaymentMs, latePaymentMs } = this.#at.delays;
    const waitMs = { usual: paymentMs, slow: slowPaymentMs, late: latePaymentMs }[this.#scenario.wait ?? 'usual'];
    // A timer of 0 ms takes 1 ms or more.
    if (waitMs === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel: Cancel = this.#at.clock.after(waitMs, resolve);
      this.#stopWaiting = () => {
        cancel();
        resolve();
      };
    });
  }

  /** The money moves here, whether or not the register ever hears of it. */
  #decide(): { charge: Charge; ending: Ending } {
    const { amountMinor, currencyNumeric: currency, type, posNumber, privateData } = this.#request;
    const ending = this.#ending();
    const approved = ending === 'approved';
    const charge: Charge = {
      chargeId: this.#at.newChargeId(),
      at: new Date(this.#at.clock.nowMs()).toISOString(),
      amountMinor: approved && this.#scenario.takesTip ? amountMinor + TIP_MINOR : amountMinor,
      currency,
      type,
      posNumber,
      privateData,
      approved,
      frameNumber: this.#frameNumber,
      answerAcknowledged: false,
    };
    this.#at.ledger.add(charge);
    return { charge, ending };
  }

  #ending(): Ending {
    if (this.#abandoned) return 'abandoned';
    // For the others a real one shows "FONCTION NON IMPLEMENTEE" (Nmind's Concert library).
    if (this.#request.type !== '0' && this.#request.type !== '1') return 'refused';
    if (this.#request.amountMinor === 0) return 'refused';
    return this.#scenario.ending ?? 'approved';
  }

  #answer(stat: '0' | '7' | '9', amountMinor: number, chargeId: string): Uint8Array {
    const habits = { echo: this.#request.privateData, blank: ' '.repeat(PRIVATE_LENGTH), opaque: chargeId };
    return writeAnswer({
      request: this.#request,
      stat,
      amountMinor,
      contactless: this.#scenario.contactless === true,
      long: stat === '0' && (this.#request.answerFlag === '1' || this.#scenario.longAnswer === true),
      privateData: habits[this.#at.privateField],
    });
  }

  /** Its answers bear the request's own private field, and that is no blank. */
  get #isNamed(): boolean {
    return this.#at.privateField === 'echo' && this.#request.privateData.trim() !== '';
  }

  async #deliver(charge: Charge, amountMinor: number, data: Uint8Array): Promise<void> {
    const { answerSessions, clock, delays, happened, ledger, owed } = this.#at;
    for (let attempt = 1; attempt <= answerSessions; attempt++) {
      const outcome = await this.#at.send(data);
      if (outcome.delivered) {
        ledger.acknowledged(charge);
        happened({ kind: 'answer_delivered', charge });
        return;
      }
      happened({ kind: 'answer_failed', charge, reason: outcome.reason, attempt });
      // Three ENQ have gone unheard by then.
      if (outcome.reason === 'silent') break;
      if (attempt < answerSessions) {
        await pause(clock, outcome.reason === 'closed' ? delays.retryUnpluggedMs : delays.retryMs);
      }
    }
    happened({ kind: 'answer_dropped', charge });
    owed.owe({ charge, request: this.#request, amountMinor, data, isNamed: this.#isNamed });
  }
}
