import { type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import { centreLimits } from './centre-limits.ts';
import type { FactBody } from './fact.ts';
import { applyFact } from './fold.ts';
import { InTurn } from './in-turn.ts';
import { isAddressedTo, type Match, matchAnswer } from './match-answer.ts';
import { isOpen, type Payment } from './payment.ts';
import type { Journal, Log, TerminalAnswer } from './ports.ts';
import type { RegisterPending } from './register-pending.ts';
import type { RunningPayments } from './running-payments.ts';
import { VersionConflict } from './version-conflict.ts';

export interface ReceiveAnswerRooms {
  journal: Journal;
  running: RunningPayments;
  registrations: Pick<RegisterPending, 'firstAttempt' | 'take'>;
  clock: Clock;
  log: Log;
}

/**
 * Takes in every frame of the terminal: finds whose it is and writes it down. Its ACK goes out when this resolves, so
 * a frame that cannot be kept is tried again for as long as it takes, in silence (rule 7); the till is told meanwhile.
 * One after the other: a frame that comes again, over a line that was opened anew, must find the first one kept.
 */
export class ReceiveAnswer {
  readonly #rooms: ReceiveAnswerRooms;
  readonly #turns = new InTurn();

  constructor(rooms: ReceiveAnswerRooms) {
    this.#rooms = rooms;
  }

  keep(answer: TerminalAnswer): Promise<boolean> {
    // Now, and not at its turn: the next request may be on its way by then.
    const { lastAsked, lastSent } = this.#rooms.running;
    const lastOut = answer.afterOurFrame ? lastAsked?.paymentId : lastSent;
    return this.#turns.run(() => receiveAnswer(answer, lastOut, this.#rooms));
  }

  /** The answer to the last request came damaged and will not be sent again by itself: in doubt now, still listening (rule 8). */
  lost(): Promise<void> {
    const asked = this.#rooms.running.lastAsked?.paymentId;
    return this.#turns.run(() => recordLost(asked, this.#rooms));
  }
}

async function receiveAnswer(
  answer: TerminalAnswer,
  lastOut: string | undefined,
  rooms: ReceiveAnswerRooms,
): Promise<boolean> {
  const { lastAsked } = rooms.running;
  // Memory is believed once: where the journal knows better, the append finds a conflict, and the journal is read.
  let awaited = lastAsked !== undefined && isOpen(lastAsked) ? lastAsked : undefined;
  for (;;) {
    let match: Match | undefined;
    try {
      match = await matchAnswer(answer, { awaited, lastOut }, rooms.journal, rooms.clock.nowMs());
      awaited = undefined;
      await keep(answer, match, lastOut, rooms);
      return true;
    } catch (cause) {
      // A person has settled it meanwhile, say: it is looked at again, as it is now.
      if (cause instanceof VersionConflict) continue;
      rooms.log.error('The terminal answered, and the answer cannot be recorded; it is tried again.', { cause });
      if (match?.kind === 'payment') rooms.running.cannotRecord(cannotBeRecorded(match.payment, rooms.clock.nowMs()));
      await pause(rooms.clock, centreLimits.keepAgainMs);
    }
  }
}

async function keep(
  answer: TerminalAnswer,
  match: Match,
  lastOut: string | undefined,
  rooms: ReceiveAnswerRooms,
): Promise<void> {
  switch (match.kind) {
    case 'repeat':
      rooms.log.info('The terminal repeated an answer that was kept before.', { bytes: answer.bytesMasked });
      return;
    case 'orphan':
      return keepOrphan(answer, match.why, lastOut, rooms);
    case 'payment':
      return keepForPayment(answer, match, rooms);
  }
}

async function keepForPayment(
  answer: TerminalAnswer,
  { payment, matchedBy }: Extract<Match, { kind: 'payment' }>,
  { journal, running, registrations, log }: ReceiveAnswerRooms,
): Promise<void> {
  if (answer.reading === null) return;
  const { stat, amountMinor, currencyNumeric, mode, privateData } = answer.reading;
  const answered: FactBody = {
    kind: 'answered',
    stat,
    amountTakenMinor: amountMinor,
    currencyNumeric,
    mode,
    privateData,
    matchedBy,
    bytesMasked: answer.bytesMasked,
  };
  const expected = applyFact(payment, { ...answered, paymentId: payment.paymentId, atMs: 0 });
  // One that a person has approved is the backlog's already, which would take the attempt for one of unknown fate.
  const registering = payment.state === 'approved' ? undefined : registrations.firstAttempt(expected);
  const kept = await journal.append(payment.paymentId, registering ? [answered, registering] : [answered], {
    ifVersion: payment.version,
  });
  for (const alarm of kept.alarms.slice(payment.alarms.length)) {
    log.error(alarm, { paymentId: kept.paymentId, orderId: kept.order.orderId });
  }
  // Only what this answer approved: an attempt of an earlier process may be of unknown fate, and is looked up first.
  if (kept.state === 'approved' && payment.state !== 'approved') {
    registrations.take(kept);
    running.approved(kept);
  }
  running.changed(kept);
}

/**
 * Nobody's answer. Where it looks as if it were meant for the payment that waits for one, that one is in doubt now; one
 * whose frame was not out yet when the session began does not wait for any, however long the answer could not be kept.
 */
async function keepOrphan(
  answer: TerminalAnswer,
  why: string,
  lastOut: string | undefined,
  { journal, running }: ReceiveAnswerRooms,
): Promise<void> {
  const last = await journal.lastAsked();
  const isForUs = last !== undefined && (answer.reading === null || isAddressedTo(answer.reading, last));
  if (isForUs && answer.afterOurFrame && last.paymentId === lastOut && isOpen(last)) {
    running.changed(await journal.append(last.paymentId, [{ kind: 'unclear', code: '1005', detail: why }]));
  }
  await journal.appendOrphan({ bytesMasked: answer.bytesMasked, why, device: answer.device });
}

async function recordLost(asked: string | undefined, { journal, running, log }: ReceiveAnswerRooms): Promise<void> {
  try {
    const last = await journal.lastAsked();
    if (last === undefined || last.paymentId !== asked || !isOpen(last)) return;
    const doubt: FactBody = { kind: 'unclear', code: '1007', detail: 'the answer of the terminal came damaged' };
    running.changed(await journal.append(last.paymentId, [doubt], { ifVersion: last.version }));
    log.warn('The answer of the terminal came damaged.', { paymentId: last.paymentId, orderId: last.order.orderId });
  } catch (cause) {
    // Nothing is lost but time: the payment is in doubt at its deadline.
    log.warn('That the answer came damaged could not be recorded.', { cause });
  }
}

/** What the till hears is what will be found after a crash: in doubt. */
function cannotBeRecorded(payment: Payment, decidedAtMs: number): Payment {
  const detail = 'the terminal answered, it could not be recorded; read its ticket';
  return { ...payment, state: 'unknown', code: '1108', detail, decidedAtMs };
}
