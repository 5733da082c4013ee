import type { Plan, SalePlan, StationPlan, Trouble } from './plan.ts';

/** What comes before all else of a run, at its first station. */
export interface Prelude {
  station: Partial<StationPlan>;
  /** What its customers do, before the others come. */
  customers: StationPlan['customers'];
  sales: SalePlan[];
  troubles: Trouble[];
  /** How much later all other troubles are; the other sales have a rest before them. */
  forMs: number;
}

const REST_MS = 60_000;

/** When the first sale of a prelude is rung. */
export const FIRST_MS = 2_000;

/** The same run with something before it that takes two sales in their order, which chance hardly ever brings. */
export function preceded(plan: Plan, { station, customers, sales, troubles, forMs }: Prelude): Plan {
  const [first, ...others] = plan.stations as [StationPlan, ...StationPlan[]];
  return {
    seed: plan.seed,
    stations: [{ ...first, ...station, customers: [...customers, ...first.customers] }, ...others],
    sales: [...sales, ...plan.sales.map((one) => ({ ...one, atMs: one.atMs + forMs + REST_MS }))],
    troubles: [
      ...troubles,
      ...plan.troubles.map((trouble) => ('atMs' in trouble ? { ...trouble, atMs: trouble.atMs + forMs } : trouble)),
    ],
  };
}

/** One that is rung once, and waited for as long as it takes. */
export function plainSale(sale: number, atMs: number, amountMinor: number): SalePlan {
  return {
    ...{ sale, station: 0, atMs, amountMinor, transactionType: 'Debit', orderId: `O${sale}`, keyed: false },
    ...{ patienceMs: null, reRings: 0, pauseMs: 1_000, afterFailure: 'stop', afterUnknown: 'stop', againMs: null },
  };
}
