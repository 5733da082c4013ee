import type { Fact } from '../../packages/service/src/payments/fact.ts';
import { fold } from '../../packages/service/src/payments/fold.ts';

/** What the facts of a payment show that those of another one may not: which kind follows which, and what comes of them all. */
export function traitsOf(facts: Fact[]): string[] {
  const payment = fold(facts);
  if (payment === undefined) return [];
  const { state, code, registration, alarms, tookElsewhere, timesStoodStill, ...rest } = payment;
  const { status, cartDropped, mayBeBooked } = registration;
  const keys = { own: payment.order.idempotencyKey !== undefined, others: payment.otherKeys?.length };
  const said = { contradicted: rest.contradicted, otherwise: rest.toldOtherwise, as: rest.toldAs };
  return [
    ...facts.map((fact, i) => `${facts[i - 1]?.kind ?? 'nothing'}, then ${nameOf(fact)}`),
    JSON.stringify({ state, code, status }),
    JSON.stringify({ alarms: alarms.length, ...said, elsewhere: tookElsewhere !== undefined, timesStoodStill }),
    JSON.stringify({ status, cartDropped, mayBeBooked }),
    JSON.stringify({ keys, because: payment.notSentBecause }),
  ];
}

function nameOf(fact: Fact): string {
  switch (fact.kind) {
    case 'answered':
      return `answered ${fact.stat} by ${fact.matchedBy}`;
    case 'told':
    case 'settled':
      return `${fact.kind} ${fact.outcome}`;
    default:
      return fact.kind;
  }
}
