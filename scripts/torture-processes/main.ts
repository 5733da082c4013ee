import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { describeEvent } from '../torture/history.ts';
import { compileDiskFaults } from './disk.ts';
import { missing } from './expected.ts';
import { makePlan } from './make-plan.ts';
import { type RunResult, runPlan } from './run-plan.ts';

interface Options {
  runs: number;
  seed: number;
  jobs: number;
  speed: number;
  verbose?: true;
  untilBroken?: true;
}

const options = new Command('torture-processes')
  .description('Sells through the real program, over a real pseudo-terminal, while it is killed and its disk fails.')
  .option('--runs <number>', 'how many runs', wholeNumber, 50)
  .option('--seed <number>', 'the first seed; each run has the next one', wholeNumber, 1)
  .option('--jobs <number>', 'runs at once', wholeNumber, 2)
  .option('--speed <number>', 'how fast the time of a run goes', wholeNumber, 10)
  .option('--until-broken', 'end at the first violation')
  .option('--verbose', 'the whole history of each run')
  .parse()
  .opts<Options>();

const folder = mkdtempSync(join(tmpdir(), 'torture-'));
const compiled = await compileDiskFaults(folder);
const library = 'library' in compiled ? compiled.library : undefined;
if ('reason' in compiled) console.log(`Without faults of the disk: ${compiled.reason}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const used = new Map<string, number>();
let [runs, charges, broken, next] = [0, 0, 0, options.seed];
const startMs = performance.now();
await Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
console.log(
  `\n${runs} runs in ${Math.round((performance.now() - startMs) / 1000)} s, ${charges} charges, ${broken} runs with a violation.`,
);
for (const [what, times] of [...used].sort()) console.log(`  ${what.padEnd(36)} ${times}`);
const never = library === undefined ? [] : missing(used, runs);
if (never.length > 0) console.log(`Never happened in ${runs} runs: ${never.join(', ')}.`);
// A pipe that is read slowly loses what is not out of this process yet.
await new Promise((resolve) => process.stdout.write('', resolve));
process.exit(broken > 0 || never.length > 0 ? 1 : 0);

async function work(): Promise<void> {
  const end = options.seed + options.runs;
  while (next < end && !(options.untilBroken && broken > 0)) {
    const seed = next++;
    const runFolder = join(folder, `run-${seed}`);
    mkdirSync(runFolder);
    const compileCache = join(folder, 'compile-cache');
    tell(seed, await runPlan({ plan: makePlan(seed), folder: runFolder, speed: options.speed, library, compileCache }));
    rmSync(runFolder, { recursive: true, force: true });
  }
}

function tell(seed: number, result: RunResult): void {
  runs += 1;
  charges += result.charges;
  for (const [what, times] of result.used) used.set(what, (used.get(what) ?? 0) + times);
  if (result.violations.length > 0) broken += 1;
  for (const { invariant, what } of result.violations) console.log(`seed ${seed}: ${invariant}: ${what}`);
  if (!options.verbose && result.violations.length === 0) return;
  console.log(`again: npm run torture:processes -- --runs 1 --seed ${seed}`);
  console.log(`${JSON.stringify(makePlan(seed))}`);
  for (const event of result.events) console.log(`  ${describeEvent(event)}`);
  if (options.verbose) console.log(result.output);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number is expected.');
  return Number(text);
}
