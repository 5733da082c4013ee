import type { Counting } from '../payments/counting.ts';
import type { FactBody } from '../payments/fact.ts';
import type { PaymentState, RegistrationStatus } from '../payments/payment.ts';
import type { AcceptedAfter } from '../payments/ports.ts';

/** A fact as it lies on disk. */
export interface StoredFact {
  /** Its place among all facts. */
  seq: number;
  paymentId: string;
  /** Its place among the facts of its payment, from 1. */
  version: number;
  atMs: number;
  kind: string;
  /** JSON of all else that the fact says. */
  body: string;
  checksum: number;
  /** Digest of the bytes of an answer, by which a repeated one is found; null for every other fact. */
  bytesKey: number | null;
}

/** An orphan as it lies on disk. */
export interface StoredOrphan {
  seq: number;
  atMs: number;
  body: string;
  checksum: number;
  bytesKey: number;
}

/** A person's word on an orphan, as it lies on disk; there is one at most. */
export interface StoredAcknowledgement {
  orphanSeq: number;
  atMs: number;
  body: string;
  checksum: number;
}

/** An orphan and, where there is one, the word on it. */
export interface OrphanRecord {
  orphan: StoredOrphan;
  acknowledgement?: StoredAcknowledgement;
}

/** What the questions about a payment need, derived from its facts and written in the same commit. */
export interface IndexRow {
  paymentId: string;
  version: number;
  orderId: string;
  acceptedAtMs: number;
  state: PaymentState;
  /** Null before the terminal is asked, and where the private field was left blank. */
  token: string | null;
  /** `seq` of the `asked` fact. */
  askedSeq: number | null;
  registration: RegistrationStatus;
  alarmed: 0 | 1;
  /** Its facts tell no more of the customer. */
  forgotten: 0 | 1;
  /** The till's `Idempotency-Key`, where it sent one. */
  idempotencyKey: string | null;
  /** When its outcome was reached, when its till was told, when the machine was started: whether it still stands for its order. */
  decidedAtMs: number | null;
  toldAtMs: number | null;
  bootAtMs: number | null;
  bootId: string | null;
  timesStoodStill: 0 | 1;
}

/** What the index of orders says of a payment: whether it still stands for its order. */
export type StandingRow = Pick<
  IndexRow,
  'paymentId' | 'acceptedAtMs' | 'state' | 'decidedAtMs' | 'toldAtMs' | 'bootAtMs' | 'bootId' | 'timesStoodStill'
>;

/** What one commit writes: all of it or nothing. */
export interface Batch {
  facts: StoredFact[];
  /** The index row of the payment that the facts belong to. */
  row?: IndexRow;
  orphans: StoredOrphan[];
  acknowledgement?: StoredAcknowledgement;
  /** Facts that lose a part of what they said: they take the place of those with their `seq`. */
  replaced?: StoredFact[];
}

/** A part of the payments, newest first. */
export interface Page {
  orderId?: string;
  state?: PaymentState;
  /** Accepted then or later. */
  fromMs: number;
  /** Older than this place, exclusive. */
  before: { acceptedAtMs: number; paymentId: string };
  limit: number;
}

/** A part of the orphans. */
export interface OrphanPart {
  /** Wall time, inclusive. */
  fromMs: number;
  /** Exclusive. */
  toMs: number;
  onlyOpen: boolean;
  limit: number;
  skip: number;
}

export interface StoreCounts {
  unknown: number;
  awaitingRegistration: number;
  parked: number;
  alarmed: number;
  /** That nobody has acknowledged. */
  orphans: number;
}

/** The registrations that are still to be seen to. */
export const AWAITING: readonly RegistrationStatus[] = ['due', 'registering', 'unclear'];

/** A place to keep facts: narrow and synchronous, so that the same journal runs over a disk and over a simulated one. */
export interface Store {
  /** What people call it: the file's path. */
  readonly name: string;
  /** Writes the batch whole and durably, or throws; one that threw is not there for whoever asks next. */
  commit(batch: Batch): void;
  /** All that is read meanwhile is as it was at one moment, whatever another thread commits. */
  atOneMoment<T>(read: () => T): T;
  /** By their numbers: so many from this one on. */
  factsFrom(seq: number, count: number): StoredFact[];
  /** Of those from one number on, before another, the ones of this kind, in the order they were made. */
  factsOfKind(kind: FactBody['kind'], seq: number, end: number): StoredFact[];
  orphansFrom(seq: number, count: number): OrphanRecord[];
  /** In the order they were made. */
  factsOf(paymentId: string): StoredFact[];
  row(paymentId: string): IndexRow | undefined;
  rowByToken(token: string): IndexRow | undefined;
  /** The newest one. */
  rowByIdempotencyKey(idempotencyKey: string): IndexRow | undefined;
  rowLastAsked(): IndexRow | undefined;
  /** Opening and running ones, oldest first. */
  rowsUnfinished(): IndexRow[];
  /** Oldest first. */
  rowsAwaiting(limit: number, after?: AcceptedAfter): IndexRow[];
  rowsOf(page: Page): IndexRow[];
  /** Of the newest `limit` of an order those that matter (`thatMatter`), newest first. */
  standings(orderId: string, limit: number, counting: Counting): StandingRow[];
  /** Of the first fact with this number or a higher one. */
  momentFrom(seq: number): Pick<StoredFact, 'seq' | 'atMs'> | undefined;
  /** Of the payments accepted before then, those with an answer among these facts. */
  rowsAnswered(among: { seq: number; end: number; acceptedBeforeMs: number }): IndexRow[];
  answersWith(bytesKey: number, sinceMs: number): StoredFact[];
  orphansWith(bytesKey: number, sinceMs: number): StoredOrphan[];
  /** In the order of their ids, after the given one. */
  rowsParked(limit: number, afterPaymentId: string): IndexRow[];
  rowsAlarmed(limit: number, afterPaymentId: string): IndexRow[];
  /** Newest first; `onlyOpen`: those that nobody has acknowledged. */
  orphans(part: OrphanPart): OrphanRecord[];
  orphan(seq: number): OrphanRecord | undefined;
  /** The oldest payment that was accepted before then (and behind `after`), is at rest, and still tells of its customer. */
  rowToForget(beforeMs: number, after?: AcceptedAfter): IndexRow | undefined;
  counts(): StoreCounts;
  newestFact(): StoredFact | undefined;
  newestOrphan(): StoredOrphan | undefined;
  /** The highest number of an orphan that somebody has said a word on. */
  newestAcknowledged(): number | undefined;
  /** Every payment that facts or index know, in order of their ids, after the given one. */
  paymentIdsAfter(paymentId: string, limit: number): string[];
  /** Replaces the whole index; gives how many rows it has now. */
  replaceIndex(rows: Iterable<IndexRow>): number;
  /** Throws where nothing can be written at present; what failed the last time is tried again, in place. */
  tryWriting(): void;
  /** Sentences: where the store is not sound in itself, whatever its facts say. It takes as long as reading all of it. */
  structureDamage(): string[];
  /** Reads all of it from the disk, whatever it says; throws where the disk does not let that be done. */
  readThrough(): void;
  /** What can be done while nothing is urgent. */
  maintain(): void;
  /** Empties the log, which holds what facts said before they were replaced; false where somebody still reads in it. */
  clearLog(): boolean;
  close(): void;
}
