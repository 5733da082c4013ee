import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { formatTime } from '@hipay-ecr/shared/format-time.ts';
import type { Ages } from './ages.ts';
import { centreLimits } from './centre-limits.ts';
import type { DeviceIdentity } from './fact.ts';
import type { Payment } from './payment.ts';
import type { Terminal } from './ports.ts';

export interface TerminalIsDoneRooms {
  terminal: Pick<Terminal, 'probe' | 'health'>;
  clock: Clock;
  ages: Pick<Ages, 'provedOf'>;
  /** Since when (monotonic) a payment whose age nobody knows has been asked about: the wait is reckoned from there (rule 18). */
  doubtedSinceMs: Map<string, number>;
  /** False while a payment is being asked: the terminal must not be disturbed then (I8). */
  mayAsk: () => boolean;
}

/** `againAtMs`: from when on the same word is not held up by this any more. */
export type Done = { done: true } | { done: false; why: string; againAtMs: number };

/**
 * Whether the terminal can have nothing more to say of a payment in doubt, so that a person may call it refused: it
 * has acknowledged an ENQ since, or does so now, which it does only when idle; or enough time has passed (rule 15).
 */
export async function terminalIsDone(payment: Payment, rooms: TerminalIsDoneRooms): Promise<Done> {
  const { terminal, clock, mayAsk } = rooms;
  const { asked } = payment;
  if (asked === undefined) return { done: true };
  const sinceMs = payment.decidedAtMs ?? asked.atMs;
  const nowMs = clock.nowMs();
  const overAtMs = nowMs + centreLimits.youngDoubtMs - ageMs(payment, sinceMs, rooms);
  const idle = idleOf(asked.device, terminal);
  if (overAtMs <= nowMs || (idle !== undefined && idle.atMs > sinceMs)) return { done: true };
  const notYet = (why: string, againAtMs = overAtMs): Done => ({ done: false, why, againAtMs });
  if (!mayAsk())
    return notYet(`another payment is on the terminal now; ask again once it is over, or ${from(overAtMs)}`);
  const { lastHeardAtMs = Number.NEGATIVE_INFINITY } = terminal.health();
  const quietAtMs = lastHeardAtMs + centreLimits.quietBeforeAskingMs;
  if (nowMs < quietAtMs) {
    return notYet('the terminal spoke a moment ago, and must be left alone for ten seconds; ask again then', quietAtMs);
  }
  const result = await terminal.probe();
  if (result === 'idle' && idleOf(asked.device, terminal) !== undefined) return { done: true };
  const trouble = {
    idle: `another terminal is connected now than the one that was asked (${asked.device.identity}); connect that one`,
    silent: 'the terminal does not say that it is idle, so it may still take this payment; press its red key',
    busy: 'the terminal is busy, so it may still answer this payment; wait until it shows its idle screen',
    closed: 'the terminal is not connected, so nobody knows what it still does; plug it in',
  }[result];
  return notYet(`${trouble} and ask again, or ask again ${from(overAtMs)}`);
}

/** When the very device that was asked (rule 10) last said that it is idle. */
function idleOf({ identity }: DeviceIdentity, terminal: Pick<Terminal, 'health'>): { atMs: number } | undefined {
  const { lastIdle } = terminal.health();
  return lastIdle?.identity === identity ? lastIdle : undefined;
}

function ageMs(payment: Payment, sinceMs: number, { ages, clock, doubtedSinceMs }: TerminalIsDoneRooms): number {
  const age = ages.provedOf(payment, sinceMs);
  if (age !== 'in_doubt') return age;
  const { paymentId } = payment;
  const doubtedMs = doubtedSinceMs.get(paymentId) ?? clock.monotonicMs();
  doubtedSinceMs.set(paymentId, doubtedMs);
  return clock.monotonicMs() - doubtedMs;
}

function from(atMs: number): string {
  return `from ${formatTime(atMs, 'en').time} on`;
}
