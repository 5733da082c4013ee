import type { Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';
import type { InvariantName } from './violation.ts';
import type { WorldOptions } from './world.ts';

/** How many runs the search for a shorter history may cost. */
const MOST_RUNS = 300;

/** The smallest part of a plan found that still breaks the invariant: nothing that is left can be left out alone. */
export async function shrink(plan: Plan, invariant: InvariantName, options: WorldOptions = {}): Promise<Plan> {
  let smallest = plan;
  let runs = 0;
  const breaks = async (candidate: Plan): Promise<boolean> => {
    runs += 1;
    const { violations } = await runPlan(candidate, options);
    return violations.some((violation) => violation.invariant === invariant);
  };
  for (let again = true; again; ) {
    again = false;
    for (const candidate of simplerThan(smallest)) {
      if (runs >= MOST_RUNS) return smallest;
      if (!(await breaks(candidate))) continue;
      smallest = candidate;
      again = true;
      break;
    }
  }
  return smallest;
}

/** Each part left out or made ordinary, one at a time. */
function* simplerThan(plan: Plan): Iterable<Plan> {
  for (const i of plan.troubles.keys()) yield { ...plan, troubles: without(plan.troubles, i) };
  for (const i of plan.sales.keys()) yield { ...plan, sales: without(plan.sales, i) };
  for (const [n, station] of plan.stations.entries()) {
    const withStation = (changes: Partial<typeof station>): Plan => ({
      ...plan,
      stations: plan.stations.map((other, i) => (i === n ? { ...other, ...changes } : other)),
    });
    for (const [i, customer] of station.customers.entries()) {
      if (customer === 'approve') continue;
      yield withStation({ customers: station.customers.map((other, j) => (i === j ? 'approve' : other)) });
    }
    if (station.privateField !== 'echo') yield withStation({ privateField: 'echo' });
    if (station.privateData !== 'token') yield withStation({ privateData: 'token' });
    if (station.orderIdScope !== 'day') yield withStation({ orderIdScope: 'day' });
  }
  for (const [n, sale] of plan.sales.entries()) {
    const withSale = (changes: Partial<typeof sale>): Plan => ({
      ...plan,
      sales: plan.sales.map((other, i) => (i === n ? { ...other, ...changes } : other)),
    });
    if (sale.reRings > 0) yield withSale({ reRings: sale.reRings - 1 });
    if (sale.patienceMs !== null) yield withSale({ patienceMs: null });
    if (sale.hearsAfterMs !== undefined) yield withSale({ hearsAfterMs: 0 });
    if (sale.keyed) yield withSale({ keyed: false });
    if (sale.afterFailure !== 'stop') yield withSale({ afterFailure: 'stop' });
    if (sale.afterUnknown !== 'stop') yield withSale({ afterUnknown: 'stop' });
  }
}

function without<T>(list: readonly T[], i: number): T[] {
  return list.filter((_, j) => j !== i);
}
