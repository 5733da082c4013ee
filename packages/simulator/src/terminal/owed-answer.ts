import type { TransferOutcome } from '@hipay-ecr/shared/concert/link-types.ts';
import type { PaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';
import type { Charge, Ledger } from './ledger.ts';
import type { OwedHabit } from './owed-habit.ts';
import type { TerminalEvent } from './terminal-event.ts';

export interface OwedAnswerRooms {
  habit: OwedHabit;
  ledger: Ledger;
  happened(event: TerminalEvent): void;
  send(data: Uint8Array): Promise<TransferOutcome>;
  /** Takes back what is to be sent and is not on the line yet. */
  cancel(): void;
}

interface Owed {
  charge: Charge;
  request: PaymentRequest;
  /** That the answer bears; zero names none. */
  amountMinor: number;
  data: Uint8Array;
  /** The private field of the answer names its request. */
  isNamed: boolean;
}

/** The one answer that a terminal still has to give. */
export class OwedAnswer {
  readonly #rooms: OwedAnswerRooms;
  #owed: Owed | undefined;
  #isBringing = false;
  /** A request has begun since, and nobody can say that the answer is not about that. */
  #mayBeAboutAnother = false;

  constructor(rooms: OwedAnswerRooms) {
    this.#rooms = rooms;
  }

  owe(owed: Owed): void {
    if (this.#rooms.habit !== 'forgotten') this.#owed = owed;
    this.#mayBeAboutAnother = false;
  }

  forget(): void {
    this.#owed = undefined;
  }

  /** It may break off, or its register die before it knows what became of it, and it may be about the same money. */
  requestBegun(): void {
    this.#mayBeAboutAnother = this.#owed?.isNamed === false;
  }

  /** The register knows that the last request was not taken: what comes now is not about that. */
  requestRefused(): void {
    this.#mayBeAboutAnother = false;
  }

  /** The register sends ENQ. Tells whether it is heard; else our own ENQ goes out against it. */
  hearsEnquiry(): boolean {
    if (this.#mayBeAboutAnother) this.forget();
    const { habit } = this.#rooms;
    if (this.#owed === undefined || this.#isBringing || habit !== 'at_enquiry') return true;
    void this.#bring(this.#owed, habit);
    return false;
  }

  /** The register has asked whether we are there, or is not ready yet to send its request. */
  enquiryEnded(): void {
    if (this.#mayBeAboutAnother) this.forget();
    const { habit } = this.#rooms;
    if (this.#owed !== undefined && !this.#isBringing && habit === 'after_enquiry') void this.#bring(this.#owed, habit);
  }

  /** The register's request goes first. An answer that nothing would tell from that of the request is forgotten. */
  async requestTaken({ amountMinor, currencyNumeric, privateData }: PaymentRequest): Promise<void> {
    const { habit, cancel } = this.#rooms;
    this.#mayBeAboutAnother = false;
    if (this.#isBringing) cancel();
    const owed = this.#owed;
    if (owed === undefined) return;
    const isOtherAmount = owed.amountMinor !== 0 && owed.amountMinor !== amountMinor;
    const isOther = isOtherAmount || currencyNumeric !== owed.request.currencyNumeric;
    const isTold = isOther || (owed.isNamed && privateData !== owed.request.privateData);
    if (!isTold) this.forget();
    else if (habit === 'mid_payment') await this.#bring(owed, habit);
  }

  async #bring(owed: Owed, when: Exclude<OwedHabit, 'forgotten'>): Promise<void> {
    const { ledger, happened, send } = this.#rooms;
    const { charge } = owed;
    this.#isBringing = true;
    happened({ kind: 'owed_answer_brought', charge, when });
    const outcome = await send(owed.data);
    this.#isBringing = false;
    if (!outcome.delivered) return;
    if (this.#owed === owed) this.forget();
    ledger.acknowledged(charge);
    happened({ kind: 'answer_delivered', charge });
  }
}
