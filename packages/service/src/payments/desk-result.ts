import type { ErrorCode } from '@hipay-ecr/shared/errors.ts';
import type { Order } from './order.ts';
import { type Payment, standingWord } from './payment.ts';

/** The till that asks, as the centre sees it. */
export interface Till {
  /** False once the till has hung up: a frame goes out only if somebody still waits for its result (docs/money.md, rule 3). */
  isWaiting(): boolean;
}

/** What a till is told. */
export type DeskResult =
  | {
      kind: 'payment';
      payment: Payment;
      /** The result of an earlier request for this same payment, given again. */
      replayed: boolean;
      /** To be called once the answer has reached an open socket. */
      told(): void;
    }
  /** No payment was made for this request, and the terminal was not touched. `code` tells why. */
  | {
      kind: 'declined';
      code: ErrorCode;
      about: DeclinedAbout;
      /** Where the answer tells of an earlier payment: to be called once it has reached an open socket. */
      told?(): void;
    };

/** Particulars for the text of a decline; which are set depends on the code. */
export interface DeclinedAbout {
  orderId?: string;
  amountMinor?: number;
  currency?: string;
  paidAtMs?: number;
  /** By whose word it counts as paid, where a person settled it. */
  settled?: NonNullable<Payment['settled']>;
}

/** The counter at which tills ask. */
export interface Desk {
  submit(order: Order, till: Till): Promise<DeskResult>;
}

/** Declined on account of this payment. */
export function declined(code: '1104' | '1105' | '1109' | '1110', payment: Payment): DeskResult {
  const { order, decidedAtMs } = payment;
  const { orderId, amountMinor, currency } = order;
  const paid = payment.state === 'approved' && decidedAtMs !== undefined ? { paidAtMs: decidedAtMs } : {};
  const settled = standingWord(payment);
  return {
    ...{ kind: 'declined', code },
    about: { orderId, amountMinor, currency, ...paid, ...(settled !== undefined && { settled }) },
  };
}
