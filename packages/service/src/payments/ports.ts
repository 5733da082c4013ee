import type { NotSentBecause } from '@hipay-ecr/shared/errors.ts';
import type { Counting } from './counting.ts';
import type { Acknowledgement, DeviceIdentity, Fact, FactBody, NewOrphan, Orphan } from './fact.ts';
import type { TransactionType } from './order.ts';
import type { Outcome, Payment, PaymentState } from './payment.ts';

export type * from './hipay-port.ts';

// What the centre needs from the world. The edges implement these; the centre knows no edge.

/** What the terminal is asked to do. */
export interface TerminalRequest {
  amountMinor: number;
  /** ISO 4217 alpha-3. */
  currency: string;
  transactionType: TransactionType;
  forceAuthorization: boolean;
  /** Two digits. */
  posNumber: string;
  /** Ten characters for the private field. */
  token: string;
}

/** What became of a request to the terminal. `no`: it never got it whole. `maybe`: it may be acting on it. */
export type RequestOutcome =
  | { delivered: true }
  | {
      delivered: false;
      reached: 'no';
      reason: NotSentBecause | 'not_encodable';
      detail: string;
    }
  | { delivered: false; reached: 'maybe'; detail: string };

/** A frame that the terminal sent, decoded. Its card number, if any, is masked already. */
export interface TerminalAnswer {
  /** Null where the frame is whole but cannot be read as an answer (docs/money.md, rule 6, a dialect). */
  reading: {
    posNumber: string;
    stat: string;
    amountMinor: number | null;
    /** ISO 4217 numeric. */
    currencyNumeric: string;
    mode: string;
    privateData: string;
  } | null;
  bytesMasked: string;
  /** Its session was opened after the last request's frame was handed to the device (in this or an earlier process). */
  afterOurFrame: boolean;
  device: DeviceIdentity;
}

/** The terminal on its line. */
export interface Terminal {
  /**
   * Sends one request. `beforeFrame` is called each time that the terminal has proved to be idle, and the frame leaves only after
   * it resolves true: that is where the intent becomes durable.
   */
  request(request: TerminalRequest, beforeFrame: (device: DeviceIdentity) => Promise<boolean>): Promise<RequestOutcome>;
  /** Gives up a request whose frame is not out yet: it ends with `cancelled`. One that is out cannot be called back. */
  cancel(): void;
  /** Nobody waits any more for a request whose frame may be out: whatever the terminal says to that, it is not sent again. */
  sendNoMore(): void;
  /** Asks whether the terminal is there and idle: one ENQ, then EOT. Whether it may be asked is the caller's to know (rules 10, 15). */
  probe(): Promise<'idle' | 'silent' | 'busy' | 'closed'>;
  health(): TerminalHealth;
  /** Takes what was traced since the last call, and the end of a session in progress; its lines, readable and masked, are made when they are asked for. */
  takeTrace(): () => string[];
}

export interface TerminalHealth {
  /** `absent`: the port is not there or cannot be opened. `silent`: open, but the terminal does not answer. */
  state: 'absent' | 'opening' | 'open' | 'connected' | 'silent' | 'asked';
  port: string;
  detail: string;
  /** When the terminal last answered, wall time. */
  lastHeardAtMs?: number;
  /** When a terminal last acknowledged an ENQ of ours, and which: it was idle then, with nothing pending. */
  lastIdle?: { atMs: number; identity: string };
  /** A session of the terminal's is in progress right now. */
  inSession: boolean;
}

/** The centre's ear: called for each frame. Resolves true once what it says is durable (its ACK is written then). */
export type KeepAnswer = (answer: TerminalAnswer) => Promise<boolean>;

/** Newest first, as their facts say. */
export interface PaymentsOfOrder {
  payments: Payment[];
  /** One is missing there: its facts are damaged, and it is past for certain. HiPay may know it by this order id. */
  isOneLeftOut: boolean;
}

/** The facts on disk. Every promise resolves only once the disk has them; a failed one counts as not made. */
export interface Journal {
  /**
   * Appends facts to one payment, all or none, durably, and resolves to the payment folded from all its facts.
   * `ifVersion` makes it reject with a VersionConflict where somebody else appended meanwhile.
   */
  append(paymentId: string, facts: FactBody[], options?: { ifVersion?: number }): Promise<Payment>;
  appendOrphan(orphan: NewOrphan): Promise<void>;
  /** Keeps a person's word on an orphan, where it is the first one; gives the orphan with the word that stands. */
  acknowledgeOrphan(orphanId: number, word: Omit<Acknowledgement, 'atMs'>): Promise<Orphan | undefined>;
  payment(paymentId: string): Promise<Payment | undefined>;
  facts(paymentId: string): Promise<Fact[]>;
  byToken(token: string): Promise<Payment | undefined>;
  /** Of the newest `limit` payments of an order id those that matter (`thatMatter`). */
  byOrderId(orderId: string, limit: number, counting?: Counting): Promise<PaymentsOfOrder>;
  /** The newest payment that was asked for with this `Idempotency-Key`. */
  byIdempotencyKey(idempotencyKey: string): Promise<Payment | undefined>;
  /**
   * Of the latest payments the newest that was asked for in these very words and whose result nobody was told; those whose
   * result is older than `counting` asks for need not be looked at (`mayBeYoung`).
   */
  untoldByBody(bodyDigest: string, counting?: Counting): Promise<Payment | undefined>;
  /** The payment whose `asked` fact is the newest. */
  lastAsked(): Promise<Payment | undefined>;
  /** Payments in state opening or running: what recovery at start looks at. */
  unfinished(): Promise<Payment[]>;
  /** Payments whose registration is due, registering or unclear, oldest first; a page of them, the next one behind `after`. */
  awaitingRegistration(limit: number, after?: AcceptedAfter): Promise<Payment[]>;
  /** Newest first, a page at a time. */
  list(filter: PaymentFilter): Promise<{ items: Payment[]; next?: string }>;
  /** Payments asked for before `fromMs` of which an answer was kept from then on, before `toMs`: some of them, the next behind `next`. */
  answeredLater(span: { fromMs: number; toMs: number }, next?: number): Promise<{ items: Payment[]; next?: number }>;
  /** Payments whose registration only a person sends again, oldest first; a page of them, the next one behind `afterPaymentId`. */
  parked(limit: number, afterPaymentId?: string): Promise<Payment[]>;
  /** Payments with something that a person must look at, oldest first, by pages likewise. */
  alarmed(limit: number, afterPaymentId?: string): Promise<Payment[]>;
  /** Newest first. */
  orphans(filter: OrphanFilter): Promise<Orphan[]>;
  /** True where an orphan or a payment has kept exactly these masked bytes since `sinceMs`. */
  orphanKept(bytesMasked: string, sinceMs: number): Promise<boolean>;
  counts(): Promise<JournalCounts>;
  /** Why a new payment could not be written down at present, for people; undefined where it could be. */
  writeProblem(): Promise<string | undefined>;
  /** For a moment when no payment is under way: does what keeps the files small. */
  maintain(): Promise<void>;
  close(): Promise<void>;
}

export interface OrphanFilter {
  /** Wall time, inclusive. */
  fromMs?: number;
  /** Exclusive. */
  toMs?: number;
  /** Only those that nobody has acknowledged. */
  onlyOpen?: boolean;
  limit: number;
  /** So many of the newest are passed over: those of the pages before. */
  skip?: number;
}

/** A place in the order in which payments were accepted: the next page begins behind it. */
export type AcceptedAfter = Pick<Payment, 'acceptedAtMs' | 'paymentId'>;

export interface PaymentFilter {
  orderId?: string;
  outcome?: PaymentState | Outcome;
  /** Wall time of acceptance, inclusive. */
  fromMs?: number;
  /** Exclusive. */
  toMs?: number;
  limit: number;
  cursor?: string;
}

/** How many payments (and orphans) are in each of the conditions that somebody should know of. */
export interface JournalCounts {
  unknown: number;
  awaitingRegistration: number;
  parked: number;
  alarms: number;
  /** That nobody has acknowledged. */
  orphans: number;
}

/** What happened, for the log: one line for each. */
export interface Log {
  error(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  debug(message: string, fields?: Record<string, unknown>): void;
}
