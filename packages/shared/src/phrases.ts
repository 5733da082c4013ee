/**
 * absent: there is no port, or it cannot be opened, which the detail explains · silent, busy: the terminal is there · refused:
 * it answers each transmission with NAK · cancelled: time or patience was over.
 */
export type NotSentBecause = 'absent' | 'silent' | 'busy' | 'refused' | 'cancelled';

/** The particulars of one error, as far as they are known. */
export interface ErrorAbout {
  amountMinor?: number;
  /** ISO 4217 alpha-3. */
  currency?: string;
  orderId?: string;
  /** When it happened; of a payment that was approved: when. For 1110 its presence says that it was approved. */
  atMs?: number;
  /** What the terminal says that it took. */
  takenMinor?: number;
  /** ISO 4217 numeric, where it took that in another currency than the order's. */
  takenCurrency?: string;
  /** Of the payment that is in doubt: by it a person settles it. */
  paymentId?: string;
  /** The word of a person by which the payment stands as it does: nothing is left to settle. */
  settled?: { outcome: 'approved' | 'refused'; by: string; atMs: number };
  /** Who asked: a till for a payment, where nothing is said; a person to change something; a reader only to see it. */
  asker?: 'till' | 'person' | 'reader';
  /** Of 1004: why the terminal was not reached, where that is known; what is to be done hangs on it. */
  notSentBecause?: NotSentBecause;
  /** In English, without a full stop. */
  detail?: string;
  /** The value of order_id_scope. */
  setting?: 'day' | 'forever' | 'none';
}

/** How one language says what hangs on particulars; each gives whole sentences without their full stop. */
export interface Phrases {
  doNotChargeAgain: string;
  /** A payment of which nobody knows whether the money was taken. */
  inDoubt(about: ErrorAbout): string;
  /** The terminal says what it took. */
  taken(takenMinor: number, about: ErrorAbout): string;
  /** With which commands a payment in doubt is settled; follows what the person at the till should do. */
  howToSettle(about: ErrorAbout): string;
  /** Whose word it is that stands, with what the terminal said against a refusal. */
  settled(settled: NonNullable<ErrorAbout['settled']>, about: ErrorAbout): string;
  /** What the till does with a payment that a person settled with another amount than was asked. */
  settledOtherwise(settled: NonNullable<ErrorAbout['settled']>): string;
  /** What to do where the terminal was not reached; undefined where that is what the table says: it is there, and wants its red key. */
  notSent(because: NotSentBecause | undefined): string | undefined;
  /** 1104, 1105, 1109 and 1110, where the other payment is known. */
  otherPayment(code: '1104' | '1105' | '1109' | '1110', about: ErrorAbout): string;
}
