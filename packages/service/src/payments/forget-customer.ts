import { withoutReport } from '@hipay-ecr/shared/concert/payment-reply.ts';
import type { Fact } from './fact.ts';
import type { Order } from './order.ts';
import type { Payment, PaymentState, RegistrationStatus } from './payment.ts';

/** Nothing will come of these by itself: nobody waits for anything, and nobody has anything to look at. */
export const AT_REST: { states: readonly PaymentState[]; registrations: readonly RegistrationStatus[] } = {
  states: ['approved', 'refused', 'not_sent'],
  registrations: ['none', 'registered'],
};

/** Whether a payment is so settled that nobody needs to know any more who paid it. */
export function isAtRest({ state, registration, alarms }: Payment): boolean {
  return AT_REST.states.includes(state) && AT_REST.registrations.includes(registration.status) && alarms.length === 0;
}

/**
 * A fact without what tells of the customer: the till's data of the sale, what a long answer says of the card, the bytes
 * of the line. Amounts, times, ids, the outcome and who settled it stay.
 */
export function withoutCustomer(fact: Fact): Fact {
  switch (fact.kind) {
    case 'accepted':
      return { ...fact, order: anonymous(fact.order) };
    case 'answered':
      return { ...fact, bytesMasked: withoutReport(fact.bytesMasked) };
    case 'traced':
      return { ...fact, lines: [] };
    default:
      return fact;
  }
}

/** The digest goes too: whoever guesses what was sent could prove it by that. */
function anonymous(order: Order): Order {
  const nothing = { cart: {}, customer: {}, customData: {} };
  return { ...order, ...nothing, sent: { amount: order.sent.amount, ...nothing }, bodyDigest: '' };
}
