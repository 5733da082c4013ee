import type { ErrorCode, NotSentBecause } from '@hipay-ecr/shared/errors.ts';
import type { DeviceIdentity, HipayTarget, MatchedBy } from './fact.ts';
import type { Order } from './order.ts';

export const OUTCOMES = ['approved', 'refused', 'not_sent', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** `opening`: the terminal has not been asked yet. `running`: it may be deciding now. The other four are outcomes. */
export const PAYMENT_STATES = ['opening', 'running', ...OUTCOMES] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

/**
 * none: nothing to tell HiPay · due: to be sent · registering: attempt `attempts` is under way, or was when the process
 * died · unclear: the attempt's fate is unknown, HiPay is to be asked first · registered · parked: only a person sends it again.
 */
export type RegistrationStatus = 'none' | 'due' | 'registering' | 'unclear' | 'registered' | 'parked';

export interface Registration {
  status: RegistrationStatus;
  /** POSTs begun. */
  attempts: number;
  /** POSTs whose bytes may have left. */
  bytesLeft: number;
  hipayOrderId: string;
  target: HipayTarget;
  /** The contract it is registered on, once an attempt was begun. */
  merchantId?: string;
  /** HiPay refused the form once with the cart: it goes without. */
  cartDropped: boolean;
  /** It was parked while the fate of an attempt was unknown: HiPay, or an earlier account there, may have it. */
  mayBeBooked?: true;
  /** When the last attempt began, by the wall. */
  lastAttemptAtMs?: number;
  /** HiPay's transaction reference. */
  reference?: string;
  /** Why it is parked, or how the last attempt failed. */
  detail?: string;
}

export interface TookElsewhere {
  /** ISO 4217. */
  currencyNumeric: string;
  /** Minor units; absent where the terminal named none. */
  amountMinor?: number;
}

/** What the terminal said of a payment that it had approved before (once more yes, or not completed), or that nobody knows. */
export interface AnsweredAgain {
  stat: string;
  atMs: number;
  /** The alarm that it raised. */
  sentence: string;
  /** Of an approval, in minor units; absent where the terminal named none. */
  amountMinor?: number;
  /** ISO 4217. */
  currencyNumeric: string;
}

/** One attempt to be paid for an order: what its facts say, and nothing that they do not. */
export interface Payment {
  paymentId: string;
  /** How many facts it is folded from. */
  version: number;
  order: Order;
  acceptedAtMs: number;
  /** When the machine was started, by the wall at that moment: tells whether the wall clock was set since (rule 18). */
  bootAtMs?: number;
  /** The system's name for that start, where it has one. */
  bootId?: string;
  /** It was accepted while the wall clock was behind the journal: its times stood still, and tell nothing of its age. */
  timesStoodStill?: true;
  state: PaymentState;
  /** Set where the outcome is a failure. */
  code?: ErrorCode;
  detail?: string;
  /** Of one that was not sent, with 1004: why the terminal was not reached. */
  notSentBecause?: NotSentBecause;
  asked?: { token: string; posNumber: string; device: DeviceIdentity; atMs: number };
  answer?: { stat: string; mode: string; matchedBy: MatchedBy; bytesMasked: string; atMs: number };
  /** Masked data of every answer kept, by which a repeated one is known. */
  answersKept: string[];
  /** Minor units of the order's currency, where the terminal (or a person) said what was taken. */
  amountTakenMinor?: number;
  /** What the terminal itself said that it took, in the order's currency, whatever a person has said since. */
  terminalTookMinor?: number;
  /** What the terminal said that it took in a currency which is not the order's; it counts as no amount of the order's. */
  tookElsewhere?: TookElsewhere;
  /** `00` and the MODE of the deciding answer. */
  paymentApplication?: string;
  /** When the outcome that stands was reached. */
  decidedAtMs?: number;
  settled?: { outcome: 'approved' | 'refused'; note: string; by: string; atMs: number; version: number };
  /** What a person must look at, in words; each stays until somebody settles it. */
  alarms: string[];
  /** Each of them is an alarm, too, until somebody settles it: what the terminal counts is in doubt. */
  answeredAgain?: AnsweredAgain[];
  /** A late answer contradicts what a person settled. */
  contradicted: boolean;
  registration: Registration;
  toldAtMs?: number;
  /** What its till was told, where the facts say so; one that was told two things was told what is no approval. */
  toldAs?: Outcome;
  /** The `Idempotency-Key`s of other requests that were given its result: it stands for these, too. */
  otherKeys?: string[];
  /** It was approved, and its till was told something else. */
  toldOtherwise?: true;
  trace: string[];
  /** Since when the facts tell no more of the customer. */
  forgottenAtMs?: number;
}

/** What tells whether a payment still stands for its order. An order has had many, where a till numbers from 1 each day. */
export type PaymentStanding = Pick<
  Payment,
  'paymentId' | 'acceptedAtMs' | 'bootAtMs' | 'bootId' | 'timesStoodStill' | 'state' | 'decidedAtMs' | 'toldAtMs'
>;

/** Not decided yet: what the terminal does, or does not do, still decides. */
export function isOpen(payment: Pick<Payment, 'state'>): boolean {
  return payment.state === 'opening' || payment.state === 'running';
}

/** A person's word, as long as nothing has contradicted it: the payment is as that person says. */
export function standingWord({ settled, state }: Payment): Payment['settled'] {
  return settled?.outcome === state ? settled : undefined;
}
