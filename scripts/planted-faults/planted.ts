import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Command } from 'commander';
import { CodeCopy } from './code-copy.ts';
import { type Catcher, type PlantedFault, plantedFaults } from './faults.ts';
import { moreFaults } from './more-faults.ts';

/** A fault must show within so many runs. */
const MOST_RUNS = 1_000;
/** A catcher that never ends has noticed something, too; but it must say so some day. */
const MOST_MS = 20 * 60_000;

interface Found {
  by: string;
  runs: number;
  /** The seeds that broke an invariant. */
  broken: number[];
}
type Verdict = Found & { caught: boolean };

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

const { only } = new Command('planted')
  .description('Plants mistakes into a copy of the sources, one at a time, and shows that each is noticed.')
  .option('--only <words>', 'only the faults whose name has these words in it', '')
  .parse()
  .opts<{ only: string }>();

const sound: PlantedFault = { name: '(none)', changes: [], catcher: { kind: 'torture' } };
const chosen = [...plantedFaults, ...moreFaults].filter(({ name }) => name.includes(only));
console.log(row('planted fault', 'caught by', 'runs', 'time'));
// What breaks without any planted fault is no proof that one was noticed.
const without = await tryFault(sound, 'all');
let isWell = !without.caught;
for (const fault of chosen) isWell = (await tryFault(fault, without.broken.join(','))).caught && isWell;
process.exit(isWell ? 0 : 1);

async function tryFault({ changes, catcher, name }: PlantedFault, seeds: string): Promise<Verdict> {
  const copy = await CodeCopy.make();
  const startMs = performance.now();
  try {
    // A test that fails anyhow notices nothing.
    if (catcher.kind === 'test' && (await runCatcher(catcher, copy.folder, seeds)).caught) {
      throw new Error(`the test ${catcher.pattern} fails without any planted fault`);
    }
    await copy.plant(changes);
    const verdict = await runCatcher(catcher, copy.folder, seeds);
    const took = `${Math.round((performance.now() - startMs) / 1000)} s`;
    console.log(row(name, verdict.caught ? verdict.by : 'not caught', String(verdict.runs), took));
    return verdict;
  } finally {
    await copy.remove();
  }
}

async function runCatcher(catcher: Catcher, folder: string, seeds: string): Promise<Verdict> {
  const { args, ofOutput } = commandOf(catcher, seeds);
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const giveUp = setTimeout(() => child.kill('SIGTERM'), MOST_MS);
  const [status] = (await once(child, 'close')) as [number | null];
  clearTimeout(giveUp);
  if (status === null) return { caught: true, by: 'it never ends', runs: MOST_RUNS, broken: [] };
  const found = ofOutput(output);
  if (found === undefined)
    throw new Error(`${args.join(' ')} ended with status ${status} and says:\n${output.slice(-3_000)}`);
  return { caught: status !== 0, ...found };
}

function commandOf(
  catcher: Catcher,
  seeds: string,
): { args: string[]; ofOutput: (output: string) => Found | undefined } {
  const most = String(MOST_RUNS);
  switch (catcher.kind) {
    case 'torture':
      return {
        args: [join('scripts', 'planted-faults', 'until-broken.ts'), most, seeds],
        ofOutput: (output) => {
          const found = /^\{"runs":.*\}$/m.exec(output)?.[0];
          return found === undefined ? undefined : (JSON.parse(found) as Found);
        },
      };
    case 'processes':
      return {
        args: [join('scripts', 'torture-processes', 'main.ts'), '--runs', most, '--until-broken'],
        ofOutput: (output) => {
          const runs = /^(\d+) runs in /m.exec(output)?.[1];
          const by = /^seed \d+: (.*)$/m.exec(output)?.[1] ?? '';
          return runs === undefined ? undefined : { runs: Number(runs), by, broken: [] };
        },
      };
    case 'test':
      return {
        args: [...JEST, catcher.pattern],
        ofOutput: (output) => {
          const tests = /^Tests:.*$/m.exec(output)?.[0];
          if (tests === undefined || /skipped/.test(tests)) return undefined;
          return { runs: 1, by: `test ${catcher.pattern}`, broken: [] };
        },
      };
  }
}

function row(fault: string, by: string, runs: string, time: string): string {
  const short = by.length > 70 ? `${by.slice(0, 69)}…` : by;
  return `${fault.padEnd(40)} ${short.padEnd(72)} ${runs.padStart(6)} ${time.padStart(7)}`;
}
