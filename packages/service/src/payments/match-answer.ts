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

/** `awaited`: the payment whose answer is awaited, as this process knows it, which spares the journal a question. */
export async function matchAnswer(
  answer: TerminalAnswer,
  journal: Pick<Journal, 'byToken' | 'lastAsked' | 'orphanKept'>,
  nowMs: number,
  awaited?: Payment,
): Promise<Match> {
  const { reading, bytesMasked } = answer;
  const owner = reading === null ? undefined : await ownerOf(reading, answer, journal, awaited);
  if (owner !== undefined) {
    return owner.payment.answersKept.includes(bytesMasked) ? { kind: 'repeat' } : { kind: 'payment', ...owner };
  }
  // The same bytes from before our frame answered another request: what comes after it is no repetition of that.
  const answersOurs = reading === null || answer.afterOurFrame;
  const askedAtMs = answersOurs ? ((await journal.lastAsked())?.asked?.atMs ?? 0) : 0;
  // Not at the very same time: the journal's stands still while the wall is behind it (rule 18), and one orphan too many loses no money.
  const sinceMs = Math.max(nowMs - centreLimits.repeatedAnswerMs, askedAtMs + 1);
  if (await journal.orphanKept(bytesMasked, sinceMs)) return { kind: 'repeat' };
  const why =
    reading === null ? 'the answer cannot be read' : 'the answer belongs to no payment that this till asked for';
  return { kind: 'orphan', why };
}

async function ownerOf(
  reading: Reading,
  answer: TerminalAnswer,
  journal: Pick<Journal, 'byToken' | 'lastAsked'>,
  awaited: Payment | undefined,
): Promise<{ payment: Payment; matchedBy: MatchedBy } | undefined> {
  if (TOKEN.test(reading.privateData)) {
    const isAwaited = awaited?.asked?.token === reading.privateData;
    const payment = isAwaited ? awaited : await journal.byToken(reading.privateData);
    if (payment !== undefined) return { payment, matchedBy: 'token' };
  }
  const payment = await journal.lastAsked();
  if (payment === undefined || !answer.afterOurFrame || !isAbout(reading, payment)) return undefined;
  // Each transmission of its request got NAK: whatever is answered now without its token, it is hardly this (rule 8).
  if (payment.state === 'not_sent') return undefined;
  // Without our token only the very device that was asked can answer (rule 10).
  if (answer.device.identity !== payment.asked?.device.identity) return undefined;
  return { payment, matchedBy: 'last_asked' };
}

/** Without its token an answer must agree in everything that it says; a "not completed" may leave the amount out. */
function isAbout(reading: Reading, payment: Payment): boolean {
  const { order, asked } = payment;
  const amountFits =
    reading.amountMinor === order.amountMinor || (reading.stat === '7' && (reading.amountMinor ?? 0) === 0);
  return amountFits && isAddressedTo(reading, payment) && asked !== undefined;
}

/** Our POS number and currency: somebody on this till asked for it. */
export function isAddressedTo(reading: Reading, payment: Payment): boolean {
  return (
    reading.posNumber === payment.asked?.posNumber &&
    reading.currencyNumeric === currencyNumeric(payment.order.currency)
  );
}
