import { assert } from './assert.ts';
import { centreLimits } from './centre-limits.ts';
import type { Fact } from './fact.ts';
import { alarmed, applyAnswer, failed, REPORTED_AS_FAILED } from './fold-answer.ts';
import { applyToRegistration, due } from './fold-registration.ts';
import { isOpen, type Payment, type Registration } from './payment.ts';
import { whatTheTerminalTook } from './spell-taken.ts';

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
  const after = { ...step(before, fact), version: before.version + 1 };
  const told: Payment = isToldOtherwise(before, after) ? { ...after, toldOtherwise: true } : after;
  const isNews = fact.kind !== 'settled' && isBelied(told) && !isBelied(before);
  return isNews && !told.alarms.includes(REPORTED_AS_FAILED) ? alarmed(told, REPORTED_AS_FAILED) : told;
}

/** The till has heard that nothing was charged (I4). A person who says that it was has no need to be told. */
function isBelied({ state, toldAs }: Payment): boolean {
  return state === 'approved' && (toldAs === 'refused' || toldAs === 'not_sent');
}

function isToldOtherwise(before: Payment, { state, toldAs }: Payment): boolean {
  if (state !== 'approved') return false;
  // Old facts do not say what was told: it was what stood then.
  return toldAs === undefined ? before.toldAtMs !== undefined && before.state !== 'approved' : toldAs !== 'approved';
}

function accepted(fact: Extract<Fact, { kind: 'accepted' }>): Payment {
  return {
    paymentId: fact.paymentId,
    version: 1,
    order: fact.order,
    acceptedAtMs: fact.atMs,
    ...(fact.bootAtMs !== undefined && { bootAtMs: fact.bootAtMs }),
    ...(fact.bootId !== undefined && { bootId: fact.bootId }),
    ...(fact.atMs - (fact.wallAtMs ?? fact.atMs) > centreLimits.clockToleranceMs && { timesStoodStill: true }),
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
      const state = payment.state === 'opening' ? 'running' : payment.state;
      return { ...payment, state, asked: { token, posNumber, device, atMs } };
    }
    case 'not_sent':
      return isOpen(payment) ? notSent(payment, fact) : payment;
    case 'unclear':
      return isOpen(payment) ? failed(payment, 'unknown', fact) : payment;
    case 'answered':
      return applyAnswer(remembered(payment), fact);
    case 'settled':
      return settled(payment, fact);
    case 'told':
      return told(payment, fact);
    case 'keyed':
      return { ...payment, otherKeys: [...(payment.otherKeys ?? []), fact.idempotencyKey] };
    case 'traced':
      return { ...remembered(payment), trace: [...payment.trace, ...fact.lines] };
    case 'forgotten':
      return { ...payment, forgottenAtMs: fact.atMs };
    default:
      return { ...payment, registration: applyToRegistration(payment.registration, fact) };
  }
}

function notSent(payment: Payment, fact: Extract<Fact, { kind: 'not_sent' }>): Payment {
  const { because } = fact;
  return { ...failed(payment, 'not_sent', fact), ...(because !== undefined && { notSentBecause: because }) };
}

/** An answer may have been kept between the result and this: the fact knows which one reached the till. */
function told(payment: Payment, { outcome, atMs }: Extract<Fact, { kind: 'told' }>): Payment {
  const { toldAs } = payment;
  const knows = outcome !== undefined && (toldAs === undefined || toldAs === 'approved');
  return { ...payment, toldAtMs: payment.toldAtMs ?? atMs, ...(knows && { toldAs: outcome }) };
}

/** What comes after the forgetting may tell of the customer again, and is forgotten in its turn. */
function remembered(payment: Payment): Payment {
  const { forgottenAtMs: _forgotten, ...rest } = payment;
  return rest;
}

/** A person said what happened; that ends every alarm and doubt raised before. */
function settled(payment: Payment, fact: Extract<Fact, { kind: 'settled' }>): Payment {
  const { outcome, note, by, atMs } = fact;
  const version = payment.version + 1;
  const { answeredAgain: _again, ...before } = payment;
  const plain: Payment = { ...before, alarms: [], contradicted: false, decidedAtMs: atMs };
  plain.settled = { outcome, note, by, atMs, version };
  if (outcome === 'refused') {
    const { amountTakenMinor: _taken, ...refused } = plain;
    const registration: Registration = { ...payment.registration, status: 'none' };
    const took = whatTheTerminalTook(payment);
    const though = took === undefined ? '' : `, though the terminal said that ${took} was taken`;
    return { ...refused, state: 'refused', code: '1006', detail: `settled by ${by}${though}`, registration };
  }
  const { code: _code, detail: _detail, ...approved } = plain;
  const amountTakenMinor = fact.amountTakenMinor ?? amountOfOldWord(payment);
  return { ...approved, state: 'approved', amountTakenMinor, registration: due(payment.registration) };
}

/**
 * What HiPay was told where a person's word was written down without its amount, as it was once: an amount in another
 * currency passed for one of the order's, until it was settled as refused. Read otherwise, the journal would differ from HiPay.
 */
function amountOfOldWord({ amountTakenMinor, tookElsewhere, state, order }: Payment): number {
  const elsewhere = state === 'unknown' ? tookElsewhere?.amountMinor : undefined;
  return amountTakenMinor ?? elsewhere ?? order.amountMinor;
}
