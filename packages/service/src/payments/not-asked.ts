import type { Payment } from './payment.ts';

/** The journal could not be written, or did not say so in time, before anything was sent: no payment has taken place. */
export class NothingRecorded extends Error {}

/** Another payment was approved, late, while this one was opening: it may be this very sale, so nothing was sent (rule 2). */
export class Overtaken extends Error {
  readonly payment: Payment;
  readonly by: Payment;

  constructor(payment: Payment, by: Payment) {
    super('Another payment was approved meanwhile.');
    this.payment = payment;
    this.by = by;
  }
}
