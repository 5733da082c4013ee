import { makePlan } from '../torture/make-plan.ts';
import { runPlan } from '../torture/run-plan.ts';

// Run inside a copy: `node until-broken.ts <most runs> [<seeds to pass over>]`. Its last line tells, as JSON, after how many
// runs an invariant was broken, and which; or, with `all` for the seeds, which seeds break any.

const [most = '1', seeds = ''] = process.argv.slice(2);
const passedOver = new Set(seeds.split(',').map(Number));
const broken: number[] = [];
let first = '';
let runs = 0;
for (let seed = 1; seed <= Number(most) && (seeds === 'all' || first === ''); seed += 1) {
  if (passedOver.has(seed)) continue;
  runs += 1;
  const [violation] = (await runPlan(makePlan(seed))).violations;
  if (violation === undefined) continue;
  broken.push(seed);
  first ||= `${violation.invariant}: ${violation.what}`;
}
console.log(JSON.stringify({ runs, by: first, broken }));
process.exit(first === '' ? 0 : 1);
