import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { ErrorCode } from '@hipay-ecr/shared/errors.ts';
import type { Ages } from './ages.ts';
import { before } from './before.ts';
import { centreLimits } from './centre-limits.ts';
import type { CentreSettings } from './centre-settings.ts';
import type { DeviceIdentity, FactBody } from './fact.ts';
import { NothingRecorded, Overtaken } from './not-asked.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';
import type { Journal, Log, RequestOutcome, Terminal, TerminalRequest } from './ports.ts';
import { recordLater } from './record-later.ts';
import type { RunningPayments } from './running-payments.ts';

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
  clock: Clock;
  ages: Ages;
  log: Log;
  settings: CentreSettings;
  /** Ten random digits. */
  newToken: () => string;
}

type NotSent = Extract<FactBody, { kind: 'not_sent' }>;

const UNWRITTEN: NotSent = {
  kind: 'not_sent',
  code: '1107',
  detail: 'the journal could not be written; nothing was sent',
};
const NOT_ASKED: RequestOutcome = { delivered: false, reached: 'no', reason: 'cancelled', detail: 'it was not asked' };

/**
 * Sends the request, once the intent is on disk; gives the payment as asked, or as it ended. Rejects with NothingRecorded,
 * in time for the till (I9), where the disk does not take it, or does not say so: nothing was sent then, nor will be.
 */
export async function askTerminal(opening: OpeningPayment, rooms: AskTerminalRooms): Promise<Payment> {
  const { journal, terminal, running, clock, settings, log } = rooms;
  const { paymentId, order, deadlineMs } = opening;
  const accepted = acceptedFact(opening, rooms);
  const token = settings.privateData === 'token' ? rooms.newToken() : '';
  let asked: Payment | undefined;
  let writing: Promise<void> | undefined;
  let notRecorded: unknown;
  let isGivenUp = false;
  let { overtakenBy } = opening;

  const mayGoOut = () => overtakenBy === undefined && opening.isAwaited();
  const write = async (device: DeviceIdentity): Promise<void> => {
    const asking: FactBody = { kind: 'asked', token, posNumber: settings.posNumber, device };
    try {
      asked = await journal.append(paymentId, [accepted, asking]);
      if (!isGivenUp) running.asked(asked);
    } catch (cause) {
      notRecorded = cause;
    }
  };
  const recordIntent = async (device: DeviceIdentity): Promise<boolean> => {
    if (!mayGoOut()) return false;
    writing ??= write(device);
    await writing;
    // Looked at again: a commit takes its time, and the till may have hung up meanwhile.
    return asked !== undefined && mayGoOut();
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
  const outcome = overtakenBy === undefined ? await terminal.request(request, recordIntent) : NOT_ASKED;
  stopAtDeadline();
  stopWatching();

  if (asked !== undefined && isOut(outcome)) running.sent(asked);
  if (asked !== undefined && (outcome.delivered || outcome.reached === 'maybe')) {
    log.debug('The terminal has taken the request.', {
      paymentId,
      orderId: order.orderId,
      amountMinor: order.amountMinor,
    });
    return asked;
  }
  let ends = UNWRITTEN;
  const recordEnd = async (): Promise<Payment | undefined> => {
    // The request may have been given up while its intent was being written.
    await writing;
    if (notRecorded !== undefined) return undefined;
    if (!isGivenUp) ends = notSent(outcome, overtakenBy);
    try {
      return await journal.append(paymentId, asked === undefined ? [accepted, ends] : [ends]);
    } catch (cause) {
      notRecorded = cause;
      return undefined;
    }
  };
  const ending = recordEnd();
  const ended = await before(deadlineMs + centreLimits.sessionGraceMs, ending, clock);
  if (ended !== undefined) {
    running.changed(ended);
    // An answer may have come all the same, to a frame that seems to have been refused: it decides.
    if (overtakenBy !== undefined && ended.state === 'not_sent') throw new Overtaken(ended, overtakenBy);
    return ended;
  }
  isGivenUp = true;
  // The till is told so now: what is written later is not owed to anybody. What is being written may still come to be.
  void ending.then((late) => {
    if (late !== undefined) running.changed(late);
    recordLater(paymentId, { begins: accepted, ends, told: true }, rooms);
  });
  throw new NothingRecorded('The journal cannot be written.', { cause: notRecorded ?? 'the disk takes too long' });
}

function acceptedFact({ order, hipayOrderId }: OpeningPayment, { settings, ages, clock }: AskTerminalRooms): FactBody {
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
  const notEncodable = 'reason' in failed && failed.reason === 'not_encodable';
  const code: ErrorCode = notEncodable ? '1008' : '1004';
  return { kind: 'not_sent', code, detail: failed.detail };
}
