import type { Charge } from '@hipay-ecr/simulator/terminal/ledger.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Station } from './station.ts';

/** What a person says of one payment. */
export interface Resolution {
  outcome: 'approved' | 'refused';
  amountMinor?: number;
  note: string;
  by: string;
  lies: boolean;
}

/**
 * What a person who reads the terminal's tickets says of a payment; one who lies says the contrary. Undefined where the
 * terminal is still at it: there is no ticket yet.
 */
export function resolutionOf(
  payment: Payment,
  charge: Charge | undefined,
  station: Station,
  lies: boolean,
): Resolution | undefined {
  if (station.terminal.inTransaction) return undefined;
  const wasPaid = charge?.approved === true;
  const outcome = wasPaid !== lies ? 'approved' : 'refused';
  const amountMinor = wasPaid ? charge.amountMinor : payment.order.amountMinor;
  return { outcome, note: 'read on the ticket', by: 'Anna', lies, ...(outcome === 'approved' && { amountMinor }) };
}
