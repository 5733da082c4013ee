import { type AskTerminalRooms, askTerminal, type OpeningPayment } from './ask-terminal.ts';
import { before } from './before.ts';
import { centreLimits } from './centre-limits.ts';
import type { FactBody } from './fact.ts';
import { isOpen, type Payment } from './payment.ts';
import type { Journal } from './ports.ts';
import { recordLater } from './record-later.ts';
import type { RegisterPending } from './register-pending.ts';

export interface ProcessPaymentRooms extends AskTerminalRooms {
  registrations: Pick<RegisterPending, 'forTill'>;
}

/** One payment: the terminal is asked, it decides, HiPay is told, as far as there is time. */
export async function processPayment(opening: OpeningPayment, rooms: ProcessPaymentRooms): Promise<Payment> {
  const { decision, stopWatching } = rooms.running.decided(opening.paymentId);
  try {
    const asked = await askTerminal(opening, rooms);
    const decided = isOpen(asked) ? await decidedInTime(asked, decision, opening.deadlineMs, rooms) : asked;
    return await registeredInTime(decided, opening.deadlineMs, rooms);
  } finally {
    stopWatching();
  }
}

/** A payment that an earlier process asked for: its answer may still come. */
export async function resumePayment(asked: Payment, deadlineMs: number, rooms: ProcessPaymentRooms): Promise<Payment> {
  const { decision, stopWatching } = rooms.running.decided(asked.paymentId);
  try {
    const decided = await decidedInTime(asked, decision, deadlineMs, rooms);
    return await registeredInTime(decided, deadlineMs, rooms);
  } finally {
    stopWatching();
  }
}

/** Waits for the decision; at the deadline the payment is in doubt, and only a late answer or a person ends that. */
async function decidedInTime(
  asked: Payment,
  decision: Promise<Payment>,
  deadlineMs: number,
  rooms: ProcessPaymentRooms,
): Promise<Payment> {
  const { terminal, clock } = rooms;
  const inTime =
    (await before(deadlineMs, decision, clock)) ??
    (terminal.health().inSession ? await before(deadlineMs + centreLimits.sessionGraceMs, decision, clock) : undefined);
  if (inTime !== undefined) return inTime;
  const recording = recordDoubt(asked, rooms);
  rooms.unfinished.add(recording);
  // An answer may have come at the last moment, which the disk takes first.
  const first = Promise.race([decision, recording]);
  const recorded = await before(deadlineMs + centreLimits.tillGraceMs, first, clock);
  if (recorded !== undefined) return recorded;
  // The till is told in time, even by a disk that is not (I9); what is being written may still come to be.
  const doubt = { state: 'unknown', code: '1108', detail: 'the journal cannot be written' } as const;
  const unrecorded: Payment = { ...asked, ...doubt, decidedAtMs: clock.nowMs() };
  rooms.running.cannotRecord(unrecorded);
  return unrecorded;
}

/** Writes down that nobody knows; undefined where that cannot be written now, and is written later. */
async function recordDoubt(asked: Payment, rooms: ProcessPaymentRooms): Promise<Payment | undefined> {
  const { journal, running } = rooms;
  const unclear = await noResult(asked.paymentId, journal);
  try {
    const doubtful = await journal.append(asked.paymentId, [unclear]);
    running.changed(doubtful);
    return doubtful;
  } catch {
    recordLater(asked.paymentId, { ends: unclear }, rooms);
    return undefined;
  }
}

/** Nothing came, or only the interim answer of a terminal that did not wait for the customer (STAT 9). */
async function noResult(paymentId: string, journal: Pick<Journal, 'payment'>): Promise<FactBody> {
  const payment = await journal.payment(paymentId).catch(() => undefined);
  return payment?.answer === undefined
    ? { kind: 'unclear', code: '1001', detail: 'the terminal gave no result in time' }
    : { kind: 'unclear', code: '1005', detail: 'the terminal took the request and gave no result' };
}

async function registeredInTime(decided: Payment, deadlineMs: number, rooms: ProcessPaymentRooms): Promise<Payment> {
  if (decided.state !== 'approved') return decided;
  const { registrations, clock, settings } = rooms;
  const leftMs = deadlineMs - clock.monotonicMs();
  return registrations.forTill(decided, Math.min(settings.notificationTimeoutMs, leftMs));
}
