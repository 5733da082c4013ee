import type { Evidence, StationEvidence } from './evidence.ts';

// What really happened to a payment's money, by those who know: the terminal and HiPay.

/** Minor units that the terminal took for it. */
export function chargedFor(paymentId: string, { charges }: StationEvidence): number {
  return charges
    .filter((one) => one.paymentId === paymentId && one.charge.approved)
    .reduce((sum, { charge }) => sum + charge.amountMinor, 0);
}

/** Minor units that HiPay has for it. */
export function bookedFor(paymentId: string, { orders }: Evidence): number {
  return orders
    .filter(({ customData }) => customData.ecr_payment_id === paymentId)
    .reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
}

/** The masked bytes of each frame that the terminal sent about a charge. */
export function answersOf(chargeId: string, station: number, { history }: Evidence): string[] {
  return history
    .of('answering')
    .flatMap((one) => (one.station === station && one.chargeId === chargeId ? [one.bytesMasked] : []));
}
