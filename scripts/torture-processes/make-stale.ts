import type { Dice } from '../torture/dice.ts';
import { plainSale } from '../torture/preceded.ts';
import type { ProcessPlan, Strike } from './plan.ts';

/** As long as the terminal waits for an ACK before it gives its answer up, and more. */
const GIVEN_UP_MS = 6_500;

/** The second request is held until our ENQ must be ended: a terminal that waits for that hears EOT. */
const HELD: Strike = {
  ...{ moment: 'enquiry', nth: 2, lateMs: 0 },
  act: { kind: 'disk', fault: { kind: 'stalls', at: 'write', ms: 4_000 }, forMs: 20_000 },
};

/**
 * Our ACK of the first answer is lost, and the terminal gives that answer up; it brings it once more when the next sale is under
 * way, or has its request (rule 5).
 */
export function makeStale(dice: Dice, plan: ProcessPlan): ProcessPlan {
  const owed = dice.pick(['at_enquiry', 'after_enquiry', 'mid_payment', 'mid_payment'] as const);
  const customer = dice.pick(['approve', 'approve', 'contactless', 'refuse', 'long', 'other-amount'] as const);
  const nextMs = plan.station.customerMs + GIVEN_UP_MS + dice.between(0, 4_000);
  const nextMinor = dice.pick([1_250, 990, 990]);
  return {
    ...plan,
    unheardAcks: 1,
    strikes: [...plan.strikes, ...(owed === 'after_enquiry' ? [HELD] : [])],
    station: { ...plan.station, answerSessions: 1, owed, customers: [customer, ...plan.station.customers] },
    sales: [
      ...[plainSale(50, 0, 1_250), plainSale(51, nextMs, nextMinor)],
      ...plan.sales.map((sale) => ({ ...sale, atMs: sale.atMs + nextMs + GIVEN_UP_MS })),
    ],
  };
}
