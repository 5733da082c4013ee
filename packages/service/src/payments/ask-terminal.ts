import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { ErrorCode } from '@hipay-ecr/shared/errors.ts';
import type { Ages } from './ages.ts';
import type { CentreSettings } from './centre-settings.ts';
import type { DeviceIdentity, FactBody } from './fact.ts';
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

/** The journal could not be written before anything was sent: no payment has taken place. */
export class NothingRecorded extends Error {}

/** Known before the terminal is troubled, which may be waiting for an answer of its own to be kept (rule 7). */
export async function mustBeWritable(journal: Pick<Journal, 'writeProblem'>): Promise<void> {
  const problem = await journal.writeProblem();
  if (problem !== undefined) throw new NothingRecorded(problem);
}

/** Another payment was approved, late, while this one was opening: it may be this very sale, so nothing was sent (rule 2). */
export class Overtaken extends Error {
  readonly payment: Payment;
  readonly by: Payment;

  constructor(payment: Payment, by: Payment) {
    super('Another payment was approved meanwhile.');
    this.payment = payment;
    this.by = by;
  }
}

const NOT_ASKED: RequestOutcome = { delivered: false, reached: 'no', reason: 'cancelled', detail: 'it was not asked' };

/** Sends the request, once the intent is on disk; gives the payment as asked, or as not sent. */
export async function askTerminal(opening: OpeningPayment, rooms: AskTerminalRooms): Promise<Payment> {
  const { journal, terminal, running, clock, settings, log } = rooms;
  const { paymentId, order, deadlineMs } = opening;
  const accepted = acceptedFact(opening, rooms);
  const token = settings.privateData === 'token' ? rooms.newToken() : '';
  let asked: Payment | undefined;
  let notRecorded: unknown;
  let { overtakenBy } = opening;

  const mayGoOut = () => overtakenBy === undefined && opening.isAwaited();
  const recordIntent = async (device: DeviceIdentity): Promise<boolean> => {
    if (!mayGoOut()) return false;
    if (asked !== undefined) return true;
    const asking: FactBody = { kind: 'asked', token, posNumber: settings.posNumber, device };
    try {
      asked = await journal.append(paymentId, [accepted, asking]);
      running.asked(asked);
    } catch (cause) {
      notRecorded = cause;
    }
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
  const why = notSent(outcome, notRecorded, overtakenBy);
  try {
    if (notRecorded !== undefined) throw notRecorded;
    const ended = await journal.append(paymentId, asked === undefined ? [accepted, why] : [why]);
    running.changed(ended);
    if (overtakenBy !== undefined) throw new Overtaken(ended, overtakenBy);
    return ended;
  } catch (cause) {
    if (cause instanceof Overtaken) throw cause;
    // The till is told so now: what is written later is not owed to anybody.
    recordLater(paymentId, { begins: accepted, ends: why, told: true }, rooms);
    throw new NothingRecorded('The journal cannot be written.', { cause });
  }
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

function notSent(
  outcome: RequestOutcome,
  notRecorded: unknown,
  overtakenBy: Payment | undefined,
): Extract<FactBody, { kind: 'not_sent' }> {
  if (notRecorded !== undefined) {
    return { kind: 'not_sent', code: '1107', detail: 'the journal could not be written; nothing was sent' };
  }
  if (overtakenBy !== undefined) {
    const { orderId } = overtakenBy.order;
    return { kind: 'not_sent', code: '1110', detail: `order ${orderId} was approved while this one was opening` };
  }
  const failed = outcome.delivered ? ({ reason: 'cancelled', detail: 'nothing was recorded' } as const) : outcome;
  const notEncodable = 'reason' in failed && failed.reason === 'not_encodable';
  const code: ErrorCode = notEncodable ? '1008' : '1004';
  return { kind: 'not_sent', code, detail: failed.detail };
}
