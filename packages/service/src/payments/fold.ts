import { currencyNumeric, formatMinor } from '@hipay-ecr/shared/money.ts';
import { assert } from './assert.ts';
import type { Fact, FactBody } from './fact.ts';
import type { Outcome, Payment, Registration } from './payment.ts';

type FactOf<Kind extends FactBody['kind']> = Extract<Fact, { kind: Kind }>;

/** STAT of the answer (Nmind Concert library, OCA telium driver): the only three values with good sources. */
const STAT_ACCEPTED = '0';
const STAT_NOT_COMPLETED = '7';
const STAT_INTERIM = '9';

/** The payment that a list of facts tells of; undefined for an empty list. */
export function fold(facts: Iterable<Fact>): Payment | undefined {
  let payment: Payment | undefined;
  for (const fact of facts) payment = applyFact(payment, fact);
  return payment;
}

/** One step of the fold. The first fact of a payment must be `accepted`, and there is only one. */
export function applyFact(before: Payment | undefined, fact: Fact): Payment {
  if (fact.kind === 'accepted') {
    assert(before === undefined, `payment ${fact.paymentId} is accepted twice`);
    return accepted(fact);
  }
  assert(before !== undefined, `payment ${fact.paymentId} begins with '${fact.kind}', not 'accepted'`);
  return { ...step(before, fact), version: before.version + 1 };
}

function accepted(fact: FactOf<'accepted'>): Payment {
  return {
    paymentId: fact.paymentId,
    version: 1,
    order: fact.order,
    acceptedAtMs: fact.atMs,
    state: 'opening',
    answersKept: [],
    alarms: [],
    contradicted: false,
    registration: {
      status: 'none',
      attempts: 0,
      bytesLeft: 0,
      hipayOrderId: fact.hipayOrderId,
      target: fact.target,
      cartDropped: false,
    },
    trace: [],
  };
}

function step(payment: Payment, fact: Exclude<Fact, { kind: 'accepted' }>): Payment {
  switch (fact.kind) {
    case 'asked': {
      const { token, posNumber, device, atMs } = fact;
      return { ...payment, state: 'running', asked: { token, posNumber, device, atMs } };
    }
    case 'not_sent':
      return isOpen(payment) ? failed(payment, 'not_sent', fact) : payment;
    case 'unclear':
      return isOpen(payment) ? failed(payment, 'unknown', fact) : payment;
    case 'answered':
      return answered(payment, fact);
    case 'settled':
      return settled(payment, fact);
    case 'told':
      return { ...payment, toldAtMs: payment.toldAtMs ?? fact.atMs };
    case 'traced':
      return { ...payment, trace: [...payment.trace, ...fact.lines] };
    default:
      return { ...payment, registration: registration(payment.registration, fact) };
  }
}

/** Not decided yet: what the terminal does, or does not do, still decides. */
export function isOpen(payment: Payment): boolean {
  return payment.state === 'opening' || payment.state === 'running';
}

function failed(
  payment: Payment,
  state: Outcome,
  why: { code: NonNullable<Payment['code']>; detail: string; atMs: number },
): Payment {
  return { ...payment, state, code: why.code, detail: why.detail, decidedAtMs: why.atMs };
}

function answered(payment: Payment, fact: FactOf<'answered'>): Payment {
  const { stat, mode, matchedBy, bytesMasked, atMs } = fact;
  const kept: Payment = { ...payment, answersKept: [...payment.answersKept, bytesMasked] };
  const read: Payment = { ...kept, answer: { stat, mode, matchedBy, bytesMasked, atMs } };
  const wasAccepted = payment.answer?.stat === STAT_ACCEPTED;
  switch (stat) {
    case STAT_ACCEPTED:
      return wasAccepted
        ? alarmed(kept, 'The terminal reported two approvals for this payment.')
        : approval(read, fact);
    case STAT_NOT_COMPLETED:
      if (wasAccepted || payment.state === 'approved' || payment.contradicted) {
        return alarmed(kept, 'The terminal approved this payment and later said that it was not completed.');
      }
      if (payment.state === 'refused' || payment.state === 'not_sent') return read;
      return failed(read, 'refused', { code: '1006', detail: 'refused or cancelled on the terminal', atMs });
    case STAT_INTERIM:
      return wasAccepted ? kept : read;
    default:
      if (!isOpen(payment))
        return alarmed(kept, `The terminal answered again, with a result that is not known: ${stat}.`);
      return failed(read, 'unknown', {
        code: '1005',
        detail: `the terminal's result is '${stat}', which is not known`,
        atMs,
      });
  }
}

/** The terminal says that it took money: how much, and whether that fits with what was believed before. */
function approval(read: Payment, fact: FactOf<'answered'>): Payment {
  const { order, state } = read;
  const amountTakenMinor = fact.amountTakenMinor ?? 0;
  const taken: Payment = { ...read, amountTakenMinor, paymentApplication: `00${fact.mode}` };
  const belied = state === 'refused' || state === 'not_sent';
  if (state === 'approved') {
    if (amountTakenMinor === read.amountTakenMinor) return read;
    const told = `The terminal took ${formatMinor(amountTakenMinor)}, another amount than a person had settled.`;
    return alarmed({ ...read, paymentApplication: `00${fact.mode}` }, told);
  }
  if (read.contradicted || (belied && read.settled !== undefined)) {
    const unknown = failed(taken, 'unknown', {
      code: '1005',
      detail: 'the terminal approved it after a person had settled it as refused',
      atMs: fact.atMs,
    });
    return alarmed(
      { ...unknown, contradicted: true },
      'The terminal approved this payment after a person had settled it as refused: settle it again.',
    );
  }
  if (amountTakenMinor !== order.amountMinor || fact.currencyNumeric !== currencyNumeric(order.currency)) {
    const detail = `${formatMinor(amountTakenMinor)} was taken, not ${formatMinor(order.amountMinor)}`;
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
  return belied
    ? alarmed(approved, 'The terminal approved this payment after it had been reported as failed.')
    : approved;
}

/** A person said what happened; that ends every alarm and doubt raised before. */
function settled(payment: Payment, fact: FactOf<'settled'>): Payment {
  const { outcome, note, by, atMs } = fact;
  const version = payment.version + 1;
  const plain: Payment = { ...payment, alarms: [], contradicted: false, decidedAtMs: atMs };
  plain.settled = { outcome, note, by, atMs, version };
  if (outcome === 'refused') {
    const { amountTakenMinor: _taken, ...refused } = plain;
    const registration: Registration = { ...payment.registration, status: 'none' };
    return { ...refused, state: 'refused', code: '1006', detail: `settled by ${by}`, registration };
  }
  const { code: _code, detail: _detail, ...approved } = plain;
  const amountTakenMinor = fact.amountTakenMinor ?? payment.amountTakenMinor ?? payment.order.amountMinor;
  return { ...approved, state: 'approved', amountTakenMinor, registration: due(payment.registration) };
}

function alarmed(payment: Payment, sentence: string): Payment {
  return { ...payment, alarms: [...payment.alarms, sentence] };
}

function due(before: Registration): Registration {
  return before.status === 'none' ? { ...before, status: 'due' } : before;
}

type RegistrationFact = FactOf<'registering' | 'not_registered' | 'looked_up' | 'registered' | 'parked'>;

function registration(before: Registration, fact: RegistrationFact): Registration {
  switch (fact.kind) {
    case 'registering':
      return {
        ...before,
        status: 'registering',
        attempts: fact.n,
        bytesLeft: before.bytesLeft + 1,
        hipayOrderId: fact.hipayOrderId,
        target: fact.target,
        merchantId: fact.merchantId,
        lastAttemptAtMs: fact.atMs,
      };
    case 'not_registered':
      return {
        ...before,
        status: fact.bytesLeft && !fact.fateKnown ? 'unclear' : 'due',
        bytesLeft: before.bytesLeft - (fact.bytesLeft ? 0 : 1),
        cartDropped: before.cartDropped || fact.dropCart,
        detail: fact.detail,
      };
    case 'looked_up':
      return { ...before, status: 'due' };
    case 'registered': {
      const { detail: _detail, ...registered } = before;
      return { ...registered, status: 'registered', reference: fact.reference, hipayOrderId: fact.hipayOrderId };
    }
    case 'parked':
      return { ...before, status: 'parked', detail: `${fact.code}: ${fact.detail}` };
  }
}
