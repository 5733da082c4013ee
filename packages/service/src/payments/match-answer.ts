import { currencyNumeric } from '@hipay-ecr/shared/money.ts';
import { centreLimits } from './centre-limits.ts';
import type { MatchedBy } from './fact.ts';
import type { Payment } from './payment.ts';
import type { Journal, TerminalAnswer } from './ports.ts';

/** Whose answer it is (rule 5). */
export type Match =
  | { kind: 'payment'; payment: Payment; matchedBy: MatchedBy }
  /** The very bytes that were kept before: their ACK was lost. */
  | { kind: 'repeat' }
  | { kind: 'orphan'; why: string };

type Reading = NonNullable<TerminalAnswer['reading']>;

/** Ten digits, as `newToken` makes them: anything else in the private field is not ours. */
const TOKEN = /^\d{10}$/;

/**
 * `awaited`: the payment whose answer is awaited, as this process knows it, which spares the journal a question. `lastOut`: the
 * payment whose frame was the last one out when the answer's session began; a terminal never speaks of one that it has not had.
 */
export async function matchAnswer(
  answer: TerminalAnswer,
  { awaited, lastOut }: { awaited?: Payment | undefined; lastOut: string | undefined },
  journal: Pick<Journal, 'byToken' | 'payment' | 'orphanKept'>,
  nowMs: number,
): Promise<Match> {
  const { reading, bytesMasked } = answer;
  const named = reading === null ? undefined : await byToken(reading, journal, awaited);
  if (named !== undefined) return isKept(answer, named) ? { kind: 'repeat' } : matched(named, 'token');
  const last = lastOut === undefined ? undefined : await journal.payment(lastOut);
  if (last !== undefined && reading !== null && isAbout(reading, answer, last)) {
    return isKept(answer, last) ? { kind: 'repeat' } : matched(last, 'last_asked');
  }
  // The same bytes from before that frame answered another request: what comes after it is no repetition of that.
  const askedAtMs = last?.asked?.atMs ?? 0;
  // Not at the very same time: the journal's stands still while the wall is behind it (rule 18), and one orphan too many loses no money.
  const sinceMs = Math.max(nowMs - centreLimits.repeatedAnswerMs, askedAtMs + 1);
  if (await journal.orphanKept(bytesMasked, sinceMs)) return { kind: 'repeat' };
  const why =
    reading === null ? 'the answer cannot be read' : 'the answer belongs to no payment that this till asked for';
  return { kind: 'orphan', why };
}

function matched(payment: Payment, matchedBy: MatchedBy): Match {
  return { kind: 'payment', payment, matchedBy };
}

function isKept({ bytesMasked }: TerminalAnswer, { answersKept }: Payment): boolean {
  return answersKept.includes(bytesMasked);
}

async function byToken(
  { privateData }: Reading,
  journal: Pick<Journal, 'byToken'>,
  awaited: Payment | undefined,
): Promise<Payment | undefined> {
  if (!TOKEN.test(privateData)) return undefined;
  return awaited?.asked?.token === privateData ? awaited : await journal.byToken(privateData);
}

/** Without its token an answer must agree in everything that it says; a "not completed" may leave the amount out. */
function isAbout(reading: Reading, { device }: TerminalAnswer, { order, asked, state }: Payment): boolean {
  // Each transmission of its request got NAK: whatever is answered now without its token, it is hardly this (rule 8).
  if (asked === undefined || state === 'not_sent') return false;
  // Only the very device that was asked can answer (rule 10).
  if (device.identity !== asked.device.identity) return false;
  const amountFits =
    reading.amountMinor === order.amountMinor || (reading.stat === '7' && (reading.amountMinor ?? 0) === 0);
  return amountFits && isAddressedTo(reading, { order, asked });
}

/** Our POS number and currency: somebody on this till asked for it. */
export function isAddressedTo(reading: Reading, payment: Pick<Payment, 'order' | 'asked'>): boolean {
  return (
    reading.posNumber === payment.asked?.posNumber &&
    reading.currencyNumeric === currencyNumeric(payment.order.currency)
  );
}
