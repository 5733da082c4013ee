import type { Payment } from '../../src/payments/payment.ts';

/** What of a payment money and people hang on: no version of this program may read it otherwise than the one that wrote it. */
export function inShort(payment: Payment): Record<string, unknown> {
  const { paymentId, version, order, state, code, amountTakenMinor, tookElsewhere, settled, contradicted } = payment;
  const { registration, alarms, answersKept, toldAs, toldOtherwise, timesStoodStill, forgottenAtMs } = payment;
  const { otherKeys, notSentBecause } = payment;
  const { status, attempts, bytesLeft, hipayOrderId, merchantId, cartDropped, mayBeBooked, reference } = registration;
  return {
    ...{ paymentId, version, state, code, amountTakenMinor, tookElsewhere, contradicted, toldAs, toldOtherwise },
    order: {
      orderId: order.orderId,
      amountMinor: order.amountMinor,
      currency: order.currency,
      key: order.idempotencyKey,
    },
    ...{ otherKeys, notSentBecause },
    ...{ customer: order.customer, answers: answersKept.length, alarms: alarms.length },
    ...(settled && { settled: `${settled.outcome} by ${settled.by}: ${settled.note}` }),
    registration: { status, attempts, bytesLeft, hipayOrderId, merchantId, cartDropped, mayBeBooked, reference },
    ...{ timesStoodStill, forgotten: forgottenAtMs !== undefined },
  };
}
