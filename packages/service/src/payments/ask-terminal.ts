import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Ages } from './ages.ts';
import { before } from './before.ts';
import { centreLimits } from './centre-limits.ts';
import type { CentreSettings } from './centre-settings.ts';
import type { DeviceIdentity, FactBody } from './fact.ts';
import { Overtaken } from './not-asked.ts';
import { type NotSent, OpeningRecord } from './opening-record.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';
import type { Journal, Log, RequestOutcome, Terminal, TerminalRequest } from './ports.ts';
import type { RunningPayments } from './running-payments.ts';
import type { UnfinishedRecords } from './unfinished-records.ts';

/** A payment that is about to be: nothing of it is written down yet. */
export interface OpeningPayment {
  paymentId: string;
  order: Order;
  hipayOrderId: string;
  /** By the monotonic clock: when the till must have its answer. */
  deadlineMs: number;
  /** Whether anybody still waits for the result. */
  isAwaited: () => boolean;
  /** Approved while the order was looked up: the terminal is not asked (rule 2). */
  overtakenBy?: Payment | undefined;
}

export interface AskTerminalRooms {
  journal: Journal;
  terminal: Terminal;
  running: RunningPayments;
  unfinished: UnfinishedRecords;
  clock: Clock;
  ages: Ages;
  log: Log;
  settings: CentreSettings;
  /** Ten random digits. */
  newToken: () => string;
}

type Accepted = Extract<FactBody, { kind: 'accepted' }>;

const NOT_ASKED: RequestOutcome = {
  ...{ delivered: false, reached: 'no', reason: 'cancelled' },
  detail: 'the time was over before the terminal could be asked',
};
const STILL_GOING: RequestOutcome = { delivered: false, reached: 'maybe', detail: 'the request is still on its way' };

/**
 * Sends the request, once the intent is on disk; gives the payment as asked, or as it ended. Rejects with NothingRecorded,
 * in time for the till (I9), where the disk does not take it, or does not say so: nothing was sent then, nor will be. A frame
 * that went out shortly before the deadline may be sent for longer than the till can wait: it counts as asked, and is not sent again.
 */
export async function askTerminal(opening: OpeningPayment, rooms: AskTerminalRooms): Promise<Payment> {
  const { terminal, running, clock, settings, log } = rooms;
  const { paymentId, order, deadlineMs } = opening;
  const token = settings.privateData === 'token' ? rooms.newToken() : '';
  const record = new OpeningRecord(paymentId, acceptedFact(opening, rooms), rooms);
  let { overtakenBy } = opening;
  let isMaybeOut = false;

  const isWanted = () => overtakenBy === undefined && clock.monotonicMs() < deadlineMs;
  const mayGoOut = () => isWanted() && opening.isAwaited();
  const recordIntent = async (device: DeviceIdentity): Promise<boolean> => {
    if (!mayGoOut()) return false;
    await record.intend({ kind: 'asked', token, posNumber: settings.posNumber, device });
    // Looked at again: a commit takes its time, and the till may have hung up meanwhile.
    const goesOut = record.asked !== undefined && mayGoOut();
    isMaybeOut ||= goesOut;
    return goesOut;
  };

  const stopWatching = running.approvals((by) => {
    if (by.paymentId === paymentId) return;
    overtakenBy ??= by;
    terminal.cancel();
  });
  const stopAtDeadline = clock.after(Math.max(0, deadlineMs - clock.monotonicMs()), () => terminal.cancel());
  const request: TerminalRequest = {
    amountMinor: order.amountMinor,
    currency: order.currency,
    transactionType: order.transactionType,
    forceAuthorization: order.forceAuthorization || order.amountMinor >= settings.authorizationThresholdMinor,
    posNumber: settings.posNumber,
    token,
  };
  const send = async (): Promise<RequestOutcome> => {
    const outcome = await terminal.request(request, recordIntent);
    if (record.asked !== undefined && isOut(outcome)) running.sent(record.asked);
    return outcome;
  };
  const sendInTime = async (): Promise<RequestOutcome> => {
    const sending = send();
    running.onLine(sending);
    const outcome = await before(deadlineMs + centreLimits.sessionGraceMs, sending, clock);
    if (outcome !== undefined) return outcome;
    terminal.sendNoMore();
    return isMaybeOut ? STILL_GOING : NOT_ASKED;
  };
  // An earlier one may still be on the line, whose till has been told.
  if (running.lineFree !== undefined) await before(deadlineMs, running.lineFree, clock);
  // Only the line says that it is free: a timer of Node's may fire a moment before its time.
  const outcome = isWanted() && running.lineFree === undefined ? await sendInTime() : NOT_ASKED;
  stopAtDeadline();
  stopWatching();

  const { asked } = record;
  if (asked !== undefined && (outcome.delivered || outcome.reached === 'maybe')) {
    log.debug('The terminal has taken the request.', {
      paymentId,
      orderId: order.orderId,
      amountMinor: order.amountMinor,
    });
    return asked;
  }
  const ended = await record.end(notSent(outcome, overtakenBy), deadlineMs + centreLimits.tillGraceMs);
  // An answer may have come all the same, to a frame that seems to have been refused: it decides.
  if (overtakenBy !== undefined && ended.state === 'not_sent') throw new Overtaken(ended, overtakenBy);
  return ended;
}

function acceptedFact({ order, hipayOrderId }: OpeningPayment, { settings, ages, clock }: AskTerminalRooms): Accepted {
  return {
    kind: 'accepted',
    order,
    target: settings.target,
    hipayOrderId,
    bootAtMs: ages.bootAtMs(),
    ...(clock.bootId !== undefined && { bootId: clock.bootId }),
    wallAtMs: clock.nowMs(),
  };
}

/** Whether the terminal may have seen the frame: one that it refused by NAK, it has. */
function isOut(outcome: RequestOutcome): boolean {
  return outcome.delivered || outcome.reached === 'maybe' || outcome.reason === 'refused';
}

function notSent(outcome: RequestOutcome, overtakenBy: Payment | undefined): NotSent {
  if (overtakenBy !== undefined) {
    const { orderId } = overtakenBy.order;
    return { kind: 'not_sent', code: '1110', detail: `order ${orderId} was approved while this one was opening` };
  }
  const failed = outcome.delivered ? ({ reason: 'cancelled', detail: 'nothing was recorded' } as const) : outcome;
  const { detail } = failed;
  // What may have reached the terminal is no part of this; only then nobody knows why.
  if (!('reason' in failed)) return { kind: 'not_sent', code: '1004', detail };
  const { reason } = failed;
  return reason === 'not_encodable'
    ? { kind: 'not_sent', code: '1008', detail }
    : { kind: 'not_sent', code: '1004', detail, because: reason };
}
