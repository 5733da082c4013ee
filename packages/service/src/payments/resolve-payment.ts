import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { centreLimits } from './centre-limits.ts';
import type { FactBody } from './fact.ts';
import type { Payment } from './payment.ts';
import type { Journal } from './ports.ts';
import type { RegisterPending } from './register-pending.ts';
import { amountMeant, objectionTo, type Resolution } from './resolution.ts';
import type { RunningPayments } from './running-payments.ts';
import { type TerminalIsDoneRooms, terminalIsDone } from './terminal-is-done.ts';
import { VersionConflict } from './version-conflict.ts';

export interface ResolvePaymentRooms extends TerminalIsDoneRooms {
  journal: Pick<Journal, 'payment' | 'append'>;
  running: Pick<RunningPayments, 'changed'>;
  registrations: Pick<RegisterPending, 'take'>;
  clock: Clock;
}

/** What came of a person's word. `why` completes "It cannot be settled so: ..."; `againAtMs`: where waiting helps, until when. */
export type ResolutionEnd =
  | { kind: 'settled'; payment: Payment }
  | { kind: 'not_found' }
  | { kind: 'declined'; why: string; againAtMs?: number };

/** A person settles a payment in doubt (rule 15). An approved one is then told to HiPay. */
export async function resolvePayment(
  paymentId: string,
  resolution: Resolution,
  rooms: ResolvePaymentRooms,
): Promise<ResolutionEnd> {
  for (let tries = 1; tries <= centreLimits.resolutionTries; tries += 1) {
    const payment = await rooms.journal.payment(paymentId);
    if (payment === undefined) return { kind: 'not_found' };
    const why = objectionTo(payment, resolution);
    if (why !== undefined) return { kind: 'declined', why };
    if (resolution.outcome === 'refused') {
      const terminal = await terminalIsDone(payment, rooms);
      if (!terminal.done) return { kind: 'declined', why: terminal.why, againAtMs: terminal.againAtMs };
    }
    try {
      return { kind: 'settled', payment: await settle(payment, resolution, rooms) };
    } catch (cause) {
      // An answer, or the till's own "told", came in between: the word is weighed again against what is there now.
      if (!(cause instanceof VersionConflict)) throw cause;
    }
  }
  return { kind: 'declined', why: 'it keeps changing; look at it again, then ask again' };
}

async function settle(payment: Payment, resolution: Resolution, rooms: ResolvePaymentRooms): Promise<Payment> {
  const { journal, running, registrations } = rooms;
  const { outcome, note, by, replaces } = resolution;
  const fact: FactBody = {
    ...{ kind: 'settled', outcome, note, by },
    ...(outcome === 'approved' && { amountTakenMinor: amountMeant(payment, resolution) }),
    ...(replaces !== undefined && { replaces }),
  };
  const { paymentId, version } = payment;
  const settled = await journal.append(paymentId, [fact], { ifVersion: version });
  // Only what this word approved: an attempt that was begun before may be of unknown fate, and is looked up first (rule 12).
  if (settled.state === 'approved' && payment.state !== 'approved') registrations.take(settled);
  running.changed(settled);
  return settled;
}
