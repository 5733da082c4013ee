import { coverageOf } from './coverage.ts';
import { makePlan } from './make-plan.ts';
import { runPlan } from './run-plan.ts';
import type { InvariantName } from './violation.ts';
import type { WorldOptions } from './world.ts';

/** What many runs have come to. */
export interface Tally {
  runs: number;
  sales: number;
  requests: number;
  charges: number;
  orders: number;
  /** How often each kind of fault has really happened. */
  faults: Record<string, number>;
  /** How often what the invariants speak of has come true. */
  covered: Record<string, number>;
  /** How often tills were told what. */
  told: Record<string, number>;
  broken: Broken[];
}

/** The first violation of an invariant in the run of a seed. */
export interface Broken {
  seed: number;
  invariant: InvariantName;
  what: string;
}

export interface TortureOptions extends WorldOptions {
  /** Only these invariants count. */
  only?: readonly InvariantName[];
  onRun?(tally: Tally): void;
}

export function emptyTally(): Tally {
  return { runs: 0, sales: 0, requests: 0, charges: 0, orders: 0, faults: {}, covered: {}, told: {}, broken: [] };
}

/** Runs the plans of `runs` seeds, from `seed` on. */
export async function torture(seed: number, runs: number, options: TortureOptions = {}): Promise<Tally> {
  const tally = emptyTally();
  for (let next = seed; next < seed + runs; next += 1) {
    await addRun(tally, next, options);
    options.onRun?.(tally);
  }
  return tally;
}

async function addRun(tally: Tally, seed: number, options: TortureOptions): Promise<void> {
  const plan = makePlan(seed);
  const { violations, evidence, used } = await runPlan(plan, options);
  tally.runs += 1;
  tally.sales += plan.sales.length;
  tally.requests += evidence.history.of('asked').length;
  tally.charges += evidence.stations.flatMap(({ charges }) => charges).filter(({ charge }) => charge.approved).length;
  tally.orders += evidence.orders.length;
  for (const [kind, times] of used) count(tally.faults, kind, times);
  for (const [what, times] of coverageOf(evidence)) count(tally.covered, what, times);
  for (const { body } of evidence.history.of('told')) count(tally.told, body.outcome);
  for (const { code } of evidence.history.of('declined')) count(tally.told, code);
  const named = new Set<InvariantName>();
  for (const { invariant, what } of violations) {
    if (named.has(invariant) || options.only?.includes(invariant) === false) continue;
    named.add(invariant);
    tally.broken.push({ seed, invariant, what });
  }
}

export function addTally(sum: Tally, more: Tally): void {
  sum.runs += more.runs;
  sum.sales += more.sales;
  sum.requests += more.requests;
  sum.charges += more.charges;
  sum.orders += more.orders;
  for (const [kind, times] of Object.entries(more.faults)) count(sum.faults, kind, times);
  for (const [what, times] of Object.entries(more.covered)) count(sum.covered, what, times);
  for (const [kind, times] of Object.entries(more.told)) count(sum.told, kind, times);
  sum.broken.push(...more.broken);
}

function count(counts: Record<string, number>, kind: string, times = 1): void {
  counts[kind] = (counts[kind] ?? 0) + times;
}
