import type { Dice } from './dice.ts';
import type { Plan, SalePlan, StationPlan, Trouble } from './plan.ts';

const FIRST_MS = 2_000;
/** The first sale holds the terminal until its `payment_timeout`. */
const SECOND_AFTER_MS = 186_000;

/** The same run with two sales of the same money before it: the terminal still owes the first one's answer at the second. */
export function makeOwed(dice: Dice, { stations, sales, troubles, seed }: Plan): Plan {
  const [first, ...others] = stations as [StationPlan, ...StationPlan[]];
  const owing: StationPlan = {
    ...first,
    owed: dice.pick(['at_enquiry', 'after_enquiry', 'after_enquiry', 'mid_payment']),
    customers: ['lost-answer', ...first.customers],
  };
  const amountMinor = dice.pick([1_250, 12_000]);
  const secondMs = SECOND_AFTER_MS + dice.between(0, 20_000);
  const [lost, next] = [sale(-2, FIRST_MS, amountMinor), sale(-1, FIRST_MS + secondMs, amountMinor)];
  return {
    seed,
    stations: [owing, ...others],
    sales: [lost, next, ...sales.map((one) => ({ ...one, atMs: one.atMs + secondMs + 60_000 }))],
    troubles: [
      { kind: 'slow_asking', station: 0, nth: 2, beforeMs: dice.pick([0, 1_100, 1_500, 3_000]) },
      // A person who calls it refused before the answer comes is contradicted by it.
      ...(dice.chance(0.8) ? [operator(dice)] : []),
      ...troubles.map((trouble) => ('atMs' in trouble ? { ...trouble, atMs: trouble.atMs + secondMs } : trouble)),
    ],
  };
}

function operator(dice: Dice): Trouble {
  return { kind: 'operator', station: 0, atMs: FIRST_MS + 180_500 + dice.between(0, 4_000), lies: dice.chance(0.4) };
}

function sale(number: number, atMs: number, amountMinor: number): SalePlan {
  return {
    ...{ sale: number, station: 0, atMs, amountMinor, transactionType: 'Debit', orderId: `O${number}`, keyed: false },
    ...{ patienceMs: null, reRings: 0, pauseMs: 1_000, afterFailure: 'stop', afterUnknown: 'stop', againMs: null },
  };
}
