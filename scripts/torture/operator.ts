import type { Charge } from '@hipay-ecr/simulator/terminal/ledger.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Resolution } from '../../packages/service/src/payments/resolution.ts';
import type { Station } from './station.ts';

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
  const said = { note: 'read on the ticket', by: 'Anna' };
  if ((charge !== undefined) === lies) return { outcome: 'refused', ...said };
  return { outcome: 'approved', amountMinor: charge?.amountMinor ?? payment.order.amountMinor, ...said };
}
