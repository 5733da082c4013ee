import { type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import { assert } from './assert.ts';
import { centreLimits } from './centre-limits.ts';
import type { FactBody } from './fact.ts';
import type { Payment } from './payment.ts';
import type { Journal, Log, Terminal } from './ports.ts';
import type { UnfinishedRecords } from './unfinished-records.ts';

interface ClosePaymentRooms {
  journal: Pick<Journal, 'append'>;
  clock: Clock;
  log: Log;
}

type TracedRooms = ClosePaymentRooms & {
  terminal: Pick<Terminal, 'health'>;
  unfinished: Pick<UnfinishedRecords, 'add'>;
};

/**
 * Writes a payment's trace together with the fact that its till has the answer, which the caller tells by calling what
 * this gives; where nobody tells, or the terminal has not ended its session yet (that the till was told waits for no EOT), the
 * trace is written alone, a moment later. No till waits for it to be put into words.
 */
export function closePayment(payment: Payment, lines: () => string[], rooms: TracedRooms): () => void {
  const { clock, terminal, unfinished } = rooms;
  const traced = (): FactBody => ({ kind: 'traced', lines: lines() });
  let isTraceWritten = false;
  const writeTrace = (): Promise<void> => {
    isTraceWritten = true;
    return append(payment, [traced()], rooms);
  };
  const cancel = clock.after(centreLimits.traceAfterMs, writeTrace);
  return () => {
    cancel();
    const fact = told(payment);
    const goesOn = !isTraceWritten && terminal.health().inSession;
    void append(payment, isTraceWritten || goesOn ? [fact] : [fact, traced()], rooms);
    isTraceWritten = true;
    if (goesOn) unfinished.add(pause(clock, centreLimits.traceEndMs).then(writeTrace));
  };
}

/** The same of one that was overtaken. Where no intent was written its terminal may never have been asked: what is on the line is nobody's. */
export function closeOvertaken(
  payment: Payment,
  rooms: TracedRooms & { terminal: Pick<Terminal, 'takeTrace'> },
): () => void {
  if (payment.asked === undefined) return () => recordTold(payment, rooms);
  return closePayment(payment, rooms.terminal.takeTrace(), rooms);
}

/** The till has the answer of a payment that was decided earlier. */
export function recordTold(payment: Payment, rooms: ClosePaymentRooms): void {
  if (payment.toldAtMs === undefined) void append(payment, [told(payment)], rooms);
}

/** The outcome that the till was given: another one may stand by the time that this is written. */
function told({ paymentId, state }: Payment): FactBody {
  assert(state !== 'opening' && state !== 'running', `the till is told of ${paymentId}, which has no outcome`);
  return { kind: 'told', outcome: state };
}

/** Nothing hangs on these facts: where they are lost, the result counts as not told. */
async function append({ paymentId }: Payment, facts: FactBody[], { journal, log }: ClosePaymentRooms): Promise<void> {
  try {
    await journal.append(paymentId, facts);
  } catch (cause) {
    log.warn('What was told to the till could not be recorded.', { paymentId, cause });
  }
}
