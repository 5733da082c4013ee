import { EXPECTED_RUNS, missing } from './expected.ts';
import { describeEvent, type Happened } from './history.ts';
import { makePlan } from './make-plan.ts';
import { describePlan, type Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';
import { shrink } from './shrink.ts';
import type { Broken, Tally } from './torture.ts';
import { INVARIANTS } from './violation.ts';

/** What was run, and what really happened in it: faults that never happen prove nothing. */
export function summary(tally: Tally): string[] {
  const { runs, sales, requests, charges, orders, faults, covered, told, broken } = tally;
  const numbers = { runs, sales, requests, charges, 'orders at HiPay': orders };
  const verdicts = INVARIANTS.map((name) => {
    const ofThis = broken.filter(({ invariant }) => invariant === name);
    const seeds = ofThis.slice(0, 8).map(({ seed }) => seed);
    return [
      name,
      ofThis.length === 0 ? 'holds' : `broken in ${ofThis.length} runs: seeds ${seeds.join(', ')}`,
    ] as const;
  });
  return [
    ...table(Object.entries(numbers)),
    ...['', 'What tills were told'],
    ...table(Object.entries(told).sort()),
    ...['', 'Faults that happened'],
    ...table(Object.entries(faults).sort()),
    ...['', 'What tills, terminals and HiPay did, and what the invariants speak of'],
    ...table(Object.entries(covered)),
    ...['', 'Invariants'],
    ...table(verdicts),
  ];
}

/** The last line: whether each kind of fault, and what each invariant speaks of, has really happened. */
export function coverage({ runs, faults, covered }: Tally): { line: string; isWhole: boolean } {
  const counts = { ...faults, ...covered };
  const never = missing(counts);
  const kinds = Object.keys(counts).length;
  if (never.length === 0) return { line: `Coverage: each of ${kinds} kinds happened.`, isWhole: true };
  const line = `Coverage: never happened in ${runs} runs: ${never.join(', ')}.`;
  return { line, isWhole: runs < EXPECTED_RUNS };
}

/** The shortest history found that breaks the same invariant, and how to see it again. */
export async function explain({ seed, invariant, what }: Broken): Promise<string[]> {
  const plan = await shrink(makePlan(seed), invariant);
  return [
    `${invariant} is broken: ${what}`,
    `again: npm run torture -- --runs 1 --seed ${seed} --only ${invariant}`,
    'the shortest plan found:',
    ...describePlan(plan).map((line) => `  ${line}`),
    'its history:',
    ...(await historyOf(plan)).map((line) => `  ${line}`),
  ];
}

/** All that happens in a plan's run, a line each; what was heard byte by byte is told in runs. */
export async function historyOf(plan: Plan): Promise<string[]> {
  const { evidence } = await runPlan(plan);
  return joinHeard(evidence.history.events).map(describeEvent);
}

function joinHeard(events: readonly Happened[]): Happened[] {
  const joined: Happened[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    const goesOn = event.kind === 'heard' && last?.kind === 'heard' && last.station === event.station;
    if (goesOn) joined[joined.length - 1] = { ...last, bytes: Uint8Array.of(...last.bytes, ...event.bytes) };
    else joined.push(event);
  }
  return joined;
}

function table(rows: readonly (readonly [string, string | number])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
}
