import type { ErrorCode, NotSentBecause } from '@hipay-ecr/shared/errors.ts';
import type { Order } from './order.ts';

/** Where a registration goes. Kept in the facts, so that a changed configuration never sends old money to a new account. */
export interface HipayTarget {
  environment: 'dev' | 'prod';
  /** Base URL of the order interface, ends in `/`. */
  url: string;
  login: string;
}

/** Which device was asked, as stable as the system can tell: an answer counts only from the same one. */
export interface DeviceIdentity {
  /** `serial_port` as configured, or the path it was found under. */
  port: string;
  /** The by-id name, VID:PID:serial, COM instance or host:port. */
  identity: string;
}

/** How an answer was matched to its payment (docs/money.md, rule 5): by its token, or as that of the payment last asked. */
export type MatchedBy = 'token' | 'last_asked';

/** What happened to a payment, one after the other (docs/money.md 1). All else is derived. */
export type FactBody =
  /**
   * `bootAtMs`, `bootId`: when the machine was started, by the wall at that moment, and the system's name for that start.
   * `wallAtMs`: what the wall clock said; the journal's own time never runs back, and may be ahead of it.
   */
  | {
      kind: 'accepted';
      order: Order;
      target: HipayTarget;
      hipayOrderId: string;
      bootAtMs?: number;
      bootId?: string;
      wallAtMs?: number;
    }
  | { kind: 'asked'; token: string; posNumber: string; device: DeviceIdentity }
  /** `because`: of 1004, why the terminal was not reached; absent in old facts. */
  | { kind: 'not_sent'; code: ErrorCode; detail: string; because?: NotSentBecause }
  | { kind: 'unclear'; code: ErrorCode; detail: string }
  | {
      kind: 'answered';
      stat: string;
      /** Minor units; null where the terminal left the amount blank (STAT 7). */
      amountTakenMinor: number | null;
      /** ISO 4217 numeric. */
      currencyNumeric: string;
      /** One character: the payment application (inferred from public answers: no source documents it). */
      mode: string;
      privateData: string;
      matchedBy: MatchedBy;
      /** The data of the frame, a card number masked. */
      bytesMasked: string;
    }
  | {
      kind: 'settled';
      outcome: 'approved' | 'refused';
      /** Minor units of the order's currency; each word that says approved has it, but old ones whose person named none. */
      amountTakenMinor?: number;
      note: string;
      by: string;
      replaces?: number;
    }
  | { kind: 'registering'; n: number; hipayOrderId: string; target: HipayTarget; merchantId: string; withCart: boolean }
  /**
   * Attempt `n` booked nothing that we know of. `bytesLeft`: the request may have reached HiPay. `fateKnown`: HiPay itself
   * said that nothing was booked, so it needs no look-up. `dropCart`: the next attempt goes without the cart.
   */
  | { kind: 'not_registered'; n: number; bytesLeft: boolean; fateKnown: boolean; dropCart: boolean; detail: string }
  /** HiPay was asked, at least twice and 120 s after the attempt, and knows nothing of it: it may be sent again. */
  | { kind: 'looked_up'; n: number; found: false }
  | { kind: 'registered'; reference: string; hipayOrderId: string }
  | { kind: 'parked'; code: string; detail: string }
  /** A person sends it again (rule 14): to this target, under this order id, after HiPay was asked for it there. */
  | { kind: 'unparked'; target: HipayTarget; hipayOrderId: string; by?: string }
  /** `outcome`: which one the till was told, whatever stands meanwhile; absent in old facts, which mean the one that stood then. */
  | { kind: 'told'; outcome?: 'approved' | 'refused' | 'not_sent' | 'unknown' }
  /** A request with this key got the payment's result, told or not, though the payment was begun with another key, or none (rule 4). */
  | { kind: 'keyed'; idempotencyKey: string }
  /** What went over the line, as people read it, card numbers masked. */
  | { kind: 'traced'; lines: string[] }
  /** What told of the customer was taken out of the facts before this one (`journal_days`). */
  | { kind: 'forgotten' };

/** A fact with its place: which payment, when (wall time, ms since 1970). */
export type Fact = FactBody & { paymentId: string; atMs: number };

/** An answer of the terminal that belongs to no payment. Kept, shown, never matched. */
export interface NewOrphan {
  bytesMasked: string;
  why: string;
  device: DeviceIdentity;
}

/** An orphan in its place; until a person has acknowledged it, it is in health (I15). */
export interface Orphan extends NewOrphan {
  orphanId: number;
  atMs: number;
  acknowledged?: Acknowledgement;
}

/** A person has looked at an orphan, and says what came of it. */
export interface Acknowledgement {
  atMs: number;
  note: string;
  by: string;
}
