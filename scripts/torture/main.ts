import { Worker } from 'node:worker_threads';
import { Command, InvalidArgumentError } from 'commander';
import { makePlan } from './make-plan.ts';
import { coverage, explain, historyOf, summary } from './report.ts';
import { addTally, emptyTally, type Tally } from './torture.ts';
import { INVARIANTS, type InvariantName } from './violation.ts';
import type { Share } from './worker.ts';

interface Options {
  runs: number;
  seed: number;
  jobs: number;
  only?: InvariantName[];
  verbose?: true;
}

/** Seeds that a worker takes at once: small, so that progress shows and the workers end together. */
const SHARE_RUNS = 100;

const options = new Command('torture')
  .description('Sells, among faults of every kind, and holds what is left to the invariants of docs/money.md.')
  .option('--runs <number>', 'how many runs', wholeNumber, 1_000)
  .option('--seed <number>', 'the first seed; each run has the next one', wholeNumber, 1)
  .option('--only <invariant...>', 'count only these', invariantNames)
  .option('--jobs <number>', 'workers at once', wholeNumber, 2)
  .option('--verbose', 'the whole history of each run')
  .parse()
  .opts<Options>();

const tally = await runAll(options);
if (options.verbose) {
  for (let seed = options.seed; seed < options.seed + options.runs; seed += 1) {
    say([`seed ${seed}`, ...(await historyOf(makePlan(seed)))]);
  }
}
say(summary(tally));
for (const first of INVARIANTS.map((name) => tally.broken.find(({ invariant }) => invariant === name))) {
  if (first !== undefined) say(['', ...(await explain(first))]);
}
const { line, isWhole } = coverage(tally);
say(['', line]);
process.exitCode = tally.broken.length > 0 || !isWhole ? 1 : 0;

async function runAll({ runs, seed, jobs, only }: Options): Promise<Tally> {
  const sum = emptyTally();
  let next = seed;
  const end = seed + runs;
  const work = async (): Promise<void> => {
    while (next < end) {
      const share: Share = { seed: next, runs: Math.min(SHARE_RUNS, end - next), only };
      next += share.runs;
      addTally(sum, await inWorker(share));
      if (process.stderr.isTTY) process.stderr.write(`\r${sum.runs} of ${runs} runs, ${sum.broken.length} violations `);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  if (process.stderr.isTTY) process.stderr.write('\n');
  sum.broken.sort((a, b) => a.seed - b.seed);
  return sum;
}

function inWorker(share: Share): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function say(lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a whole number is expected.');
  return Number(text);
}

function invariantNames(text: string, before: InvariantName[] = []): InvariantName[] {
  const name = INVARIANTS.find((known) => known.toLowerCase() === text.toLowerCase());
  if (name === undefined) throw new InvalidArgumentError(`expected: ${INVARIANTS.join(', ')}.`);
  return [...before, name];
}
