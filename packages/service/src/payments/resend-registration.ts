import { centreLimits } from './centre-limits.ts';
import type { CentreSettings } from './centre-settings.ts';
import type { FactBody } from './fact.ts';
import { ownHipayOrderId } from './hipay-order-id.ts';
import type { Payment } from './payment.ts';
import type { Journal } from './ports.ts';
import type { RegisterPending } from './register-pending.ts';
import { VersionConflict } from './version-conflict.ts';

export interface ResendRooms {
  journal: Pick<Journal, 'payment' | 'parked' | 'append'>;
  registrations: Pick<RegisterPending, 'takeAgain'>;
  settings: Pick<CentreSettings, 'target'>;
}

export interface Resend {
  by?: string;
  /** A person has looked: what HiPay may have, or an earlier account there, is not this payment. */
  notAtHipay?: boolean;
}

export type ResendEnd =
  | { kind: 'resent'; payment: Payment }
  | { kind: 'not_found' }
  | { kind: 'declined'; why: string };

/** What was done about all that is parked; `left` tells what only a closer look can decide, and why. */
export interface ResentParked {
  resent: string[];
  left: { paymentId: string; orderId: string; why: string }[];
}

/** Sends one parked registration again: to the present target, and after HiPay was asked for it there (rule 14). */
export async function resendRegistration(paymentId: string, resend: Resend, rooms: ResendRooms): Promise<ResendEnd> {
  const payment = await rooms.journal.payment(paymentId);
  return payment === undefined ? { kind: 'not_found' } : unpark(payment, resend, rooms);
}

/** Sends all of them again, but for those that HiPay may have already. */
export async function resendParked({ by }: Pick<Resend, 'by'>, rooms: ResendRooms): Promise<ResentParked> {
  const resent: string[] = [];
  const left: ResentParked['left'] = [];
  const most = centreLimits.parkedPerPage;
  for (let last: string | undefined, read: number = most; read === most; ) {
    const page = await rooms.journal.parked(most, last);
    for (const payment of page) {
      const { paymentId, order } = payment;
      const end = await unpark(payment, by === undefined ? {} : { by }, rooms);
      if (end.kind === 'resent') resent.push(paymentId);
      else if (end.kind === 'declined') left.push({ paymentId, orderId: order.orderId, why: end.why });
    }
    last = page.at(-1)?.paymentId;
    read = page.length;
  }
  return { resent, left };
}

async function unpark(payment: Payment, resend: Resend, rooms: ResendRooms): Promise<ResendEnd> {
  const { journal, registrations, settings } = rooms;
  const { paymentId, version } = payment;
  const why = objection(payment, resend);
  if (why !== undefined) return { kind: 'declined', why };
  try {
    const unparked = await journal.append(paymentId, [unparking(payment, resend, settings)], { ifVersion: version });
    registrations.takeAgain(unparked);
    return { kind: 'resent', payment: unparked };
  } catch (cause) {
    if (!(cause instanceof VersionConflict)) throw cause;
    return { kind: 'declined', why: 'it has changed meanwhile; look at it again, then ask again' };
  }
}

function objection({ state, registration }: Payment, { notAtHipay }: Resend): string | undefined {
  const { status, detail, mayBeBooked, target } = registration;
  if (status !== 'parked' || state !== 'approved') {
    return `its registration is not parked: the payment is ${state}, its registration '${status}'`;
  }
  if (mayBeBooked && notAtHipay !== true) {
    return (
      `HiPay may have it already (${detail}; account ${target.login}, ${target.environment}): look for it in HiPay's ` +
      'back office, and only where it is not there send this one again with notAtHipay (--not-at-hipay)'
    );
  }
  return undefined;
}

/** What may stand under its order id at HiPay and is not it must not be met again: then it gets an order id of its own. */
function unparking(
  { paymentId, order, registration }: Payment,
  resend: Resend,
  settings: ResendRooms['settings'],
): FactBody {
  const own = registration.mayBeBooked === true;
  const hipayOrderId = own ? ownHipayOrderId(order.orderId, paymentId) : registration.hipayOrderId;
  return {
    ...{ kind: 'unparked', target: settings.target, hipayOrderId },
    ...(resend.by !== undefined && { by: resend.by }),
  };
}
