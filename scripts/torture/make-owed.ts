import type { Dice } from './dice.ts';
import type { Plan, Trouble } from './plan.ts';
import { FIRST_MS, plainSale, preceded } from './preceded.ts';

/** The first sale holds the terminal until its `payment_timeout`. */
const SECOND_AFTER_MS = 186_000;

/** Two sales of the same money go before: the terminal still owes the first one's answer at the second. */
export function makeOwed(dice: Dice, plan: Plan): Plan {
  const owed = dice.pick(['at_enquiry', 'after_enquiry', 'after_enquiry', 'mid_payment'] as const);
  const amountMinor = dice.pick([1_250, 12_000]);
  const secondMs = SECOND_AFTER_MS + dice.between(0, 20_000);
  return preceded(plan, {
    station: { owed },
    customers: ['lost-answer'],
    sales: [plainSale(-2, FIRST_MS, amountMinor), plainSale(-1, FIRST_MS + secondMs, amountMinor)],
    troubles: [
      { kind: 'slow_asking', station: 0, nth: 2, beforeMs: dice.pick([0, 1_100, 1_500, 3_000]) },
      // A person who calls it refused before the answer comes is contradicted by it.
      ...(dice.chance(0.8) ? [operator(dice)] : []),
    ],
    forMs: secondMs,
  });
}

function operator(dice: Dice): Trouble {
  return { kind: 'operator', station: 0, atMs: FIRST_MS + 180_500 + dice.between(0, 4_000), lies: dice.chance(0.4) };
}
