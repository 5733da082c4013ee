import { makePlan } from '../torture/make-plan.ts';
import { runPlan } from '../torture/run-plan.ts';

// Run inside a copy: `node until-broken.ts <most runs>`. Tells the first violation of an invariant, or that there is none.

const most = Number(process.argv[2]);
const runs = Array.from({ length: most }, (_, i) => i + 1);
for (const run of runs) {
  const [violation] = (await runPlan(makePlan(run))).violations;
  if (violation === undefined) continue;
  const { invariant, what } = violation;
  console.log(JSON.stringify({ runs: run, by: `${invariant}: ${what}` }));
  process.exit(1);
}
console.log(JSON.stringify({ runs: most }));
process.exit(0);
