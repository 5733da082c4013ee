import { currencyNumeric, formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Fact } from './fact.ts';
import { due } from './fold-registration.ts';
import { isOpen, type Outcome, type Payment } from './payment.ts';
import { spellTaken } from './spell-taken.ts';

type Answered = Extract<Fact, { kind: 'answered' }>;

/** STAT of the answer (Nmind Concert library, OCA telium driver): the only three values with good sources. */
const STAT_ACCEPTED = '0';
const STAT_NOT_COMPLETED = '7';
const STAT_INTERIM = '9';

/** The payment with this outcome, and why. */
export function failed(
  payment: Payment,
  state: Outcome,
  why: { code: NonNullable<Payment['code']>; detail: string; atMs: number },
): Payment {
  return { ...payment, state, code: why.code, detail: why.detail, decidedAtMs: why.atMs };
}

/** What an answer of the terminal makes of a payment: the first `0` or `7` decides (rule 8). */
export function applyAnswer(payment: Payment, fact: Answered): Payment {
  const { stat, mode, matchedBy, bytesMasked, atMs } = fact;
  const kept: Payment = { ...payment, answersKept: [...payment.answersKept, bytesMasked] };
  const read: Payment = { ...kept, answer: { stat, mode, matchedBy, bytesMasked, atMs } };
  const wasAccepted = payment.answer?.stat === STAT_ACCEPTED;
  switch (stat) {
    case STAT_ACCEPTED:
      // What a person has settled as refused is contradicted by any approval after it, not only by the first (rule 15).
      return wasAccepted && payment.state !== 'refused'
        ? answeredAgain(kept, fact, 'The terminal reported two approvals for this payment.')
        : approval(read, fact);
    case STAT_NOT_COMPLETED:
      if (wasAccepted || payment.state === 'approved' || payment.contradicted) {
        const sentence = 'The terminal said that this payment was not completed, after it had been approved.';
        return answeredAgain(kept, fact, sentence);
      }
      if (payment.state === 'refused' || payment.state === 'not_sent') return read;
      return failed(read, 'refused', { code: '1006', detail: 'refused or cancelled on the terminal', atMs });
    case STAT_INTERIM:
      return wasAccepted ? kept : read;
    default:
      if (!isOpen(payment))
        return answeredAgain(kept, fact, `The terminal answered again, with a result that is not known: ${stat}.`);
      return failed(read, 'unknown', {
        code: '1005',
        detail: `the terminal's result is '${stat}', which is not known`,
        atMs,
      });
  }
}

/** What the till was told, or what is written, says that nothing was charged (I4). */
export const REPORTED_AS_FAILED = 'The terminal approved this payment after it had been reported as failed.';

/** The terminal says that it took money: how much, and whether that fits with what was believed before. */
function approval(read: Payment, fact: Answered): Payment {
  const { order, state } = read;
  const otherCurrency = fact.currencyNumeric !== currencyNumeric(order.currency);
  // Zero or blank is no amount: what was taken stays unknown, so that nothing is registered as 0.00 later.
  const amountTakenMinor = fact.amountTakenMinor || undefined;
  const known = withWhatItTook({ ...read, paymentApplication: `00${fact.mode}` }, fact);
  const isAmount = amountTakenMinor !== undefined && !otherCurrency;
  const taken: Payment = { ...known, ...(isAmount && { amountTakenMinor }) };
  const belied = state === 'refused' || state === 'not_sent';
  const spelt = spellTaken(amountTakenMinor, otherCurrency ? fact.currencyNumeric : undefined);
  if (state === 'approved') {
    if (amountTakenMinor === read.amountTakenMinor && !otherCurrency) return known;
    return alarmed(known, `The terminal took ${spelt}, not what a person had settled.`);
  }
  if (read.contradicted || (belied && read.settled !== undefined)) {
    const unknown = failed(taken, 'unknown', {
      code: '1005',
      detail: 'the terminal approved it after a person had settled it as refused',
      atMs: fact.atMs,
    });
    return alarmed(
      { ...unknown, contradicted: true },
      `The terminal approved this payment${otherCurrency ? `, ${spelt},` : ''} after a person had settled it as refused: settle it again.`,
    );
  }
  if (amountTakenMinor !== order.amountMinor || otherCurrency) {
    const askedFor = formatMinor(order.amountMinor) + (otherCurrency ? ` ${order.currency}` : '');
    const detail = `${spelt} was taken, not ${askedFor}`;
    return alarmed(
      failed(taken, 'unknown', { code: '1005', detail, atMs: fact.atMs }),
      `The terminal says: ${detail}.`,
    );
  }
  const { code: _code, detail: _detail, ...good } = taken;
  const approved: Payment = {
    ...good,
    state: 'approved',
    decidedAtMs: fact.atMs,
    registration: due(good.registration),
  };
  return belied ? alarmed(approved, REPORTED_AS_FAILED) : approved;
}

function answeredAgain(payment: Payment, fact: Answered, sentence: string): Payment {
  const { stat, atMs, currencyNumeric } = fact;
  const amountMinor = fact.amountTakenMinor || undefined;
  const again = { stat, atMs, sentence, currencyNumeric, ...(amountMinor !== undefined && { amountMinor }) };
  return alarmed({ ...payment, answeredAgain: [...(payment.answeredAgain ?? []), again] }, sentence);
}

/** The latest approval that tells of it says what was taken, in one currency. */
function withWhatItTook(payment: Payment, { amountTakenMinor, currencyNumeric: currency }: Answered): Payment {
  const { tookElsewhere: _elsewhere, terminalTookMinor: _took, ...rest } = payment;
  const amountMinor = amountTakenMinor || undefined;
  if (currency !== currencyNumeric(payment.order.currency)) {
    return { ...rest, tookElsewhere: { currencyNumeric: currency, ...(amountMinor !== undefined && { amountMinor }) } };
  }
  return amountMinor === undefined ? payment : { ...rest, terminalTookMinor: amountMinor };
}

/** The payment with one more thing that a person must look at. */
export function alarmed(payment: Payment, sentence: string): Payment {
  return { ...payment, alarms: [...payment.alarms, sentence] };
}
