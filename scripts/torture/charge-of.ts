import type { Charge } from '@hipay-ecr/simulator/terminal/ledger.ts';

/** A charge, and the payment whose frame made it. */
export interface ChargeOf {
  charge: Charge;
  paymentId: string | undefined;
}

export function approved({ charges }: { charges: ChargeOf[] }): ChargeOf[] {
  return charges.filter(({ charge }) => charge.approved);
}
