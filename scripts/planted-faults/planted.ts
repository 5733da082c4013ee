import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Command } from 'commander';
import { CodeCopy } from './code-copy.ts';
import { type Catcher, type PlantedFault, plantedFaults } from './faults.ts';

/** A fault must show within so many runs. */
const MOST_RUNS = 1_000;
/** The sound sources must hold for as many runs as one fault may take; fewer do here, as `npm run torture` runs them all. */
const SOUND_RUNS = 100;
/** A catcher that never ends has noticed something, too; but it must say so some day. */
const MOST_MS = 20 * 60_000;

interface Verdict {
  caught: boolean;
  by: string;
  runs: string;
  seconds: number;
}

const { only } = new Command('planted')
  .description('Plants mistakes into a copy of the sources, one at a time, and shows that each is noticed.')
  .option('--only <words>', 'only the faults whose name has these words in it', '')
  .parse()
  .opts<{ only: string }>();

const sound: PlantedFault = { name: '(none)', changes: [], catcher: { kind: 'torture' } };
const chosen = plantedFaults.filter(({ name }) => name.includes(only));
let isWell = true;
console.log(row('planted fault', 'caught by', 'runs', 'time'));
for (const fault of [sound, ...chosen]) {
  const { caught, by, runs, seconds } = await tryFault(fault);
  isWell &&= caught === (fault !== sound);
  console.log(row(fault.name, caught ? by : 'not caught', runs, `${seconds} s`));
}
process.exit(isWell ? 0 : 1);

async function tryFault({ changes, catcher, name }: PlantedFault): Promise<Verdict> {
  const copy = await CodeCopy.make();
  const startMs = performance.now();
  try {
    await copy.plant(changes);
    const { caught, by, runs } = await runCatcher(catcher, copy.folder, name === sound.name ? SOUND_RUNS : MOST_RUNS);
    return { caught, by, runs, seconds: Math.round((performance.now() - startMs) / 1000) };
  } finally {
    await copy.remove();
  }
}

async function runCatcher(catcher: Catcher, folder: string, most: number): Promise<Omit<Verdict, 'seconds'>> {
  const { args, ofOutput } = commandOf(catcher, most);
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
  if (status === null) return { caught: true, by: 'it never ends', runs: '?' };
  const found = ofOutput(output);
  if (found === undefined)
    throw new Error(`${args.join(' ')} ended with status ${status} and says:\n${output.slice(-3_000)}`);
  return { caught: status !== 0, ...found };
}

function commandOf(
  catcher: Catcher,
  most: number,
): { args: string[]; ofOutput: (output: string) => { by: string; runs: string } | undefined } {
  switch (catcher.kind) {
    case 'torture':
      return {
        args: [join('scripts', 'planted-faults', 'until-broken.ts'), String(most)],
        ofOutput: (output) => {
          const found = /^\{"runs":.*\}$/m.exec(output)?.[0];
          if (found === undefined) return undefined;
          const { runs, by = '' } = JSON.parse(found) as { runs: number; by?: string };
          return { runs: String(runs), by };
        },
      };
    case 'processes':
      return {
        args: [join('scripts', 'torture-processes', 'main.ts'), '--runs', String(most), '--until-broken'],
        ofOutput: (output) => {
          const runs = /^(\d+) runs in /m.exec(output)?.[1];
          return runs === undefined ? undefined : { runs, by: /^seed \d+: (.*)$/m.exec(output)?.[1] ?? '' };
        },
      };
    case 'test':
      return {
        args: [
          '--experimental-vm-modules',
          '--disable-warning=ExperimentalWarning',
          'node_modules/jest/bin/jest.js',
          catcher.pattern,
        ],
        ofOutput: (output) => {
          const tests = /^Tests:.*$/m.exec(output)?.[0];
          if (tests === undefined || /skipped/.test(tests)) return undefined;
          return { runs: '1', by: `test ${catcher.pattern}` };
        },
      };
  }
}

function row(fault: string, by: string, runs: string, time: string): string {
  const short = by.length > 70 ? `${by.slice(0, 69)}…` : by;
  return `${fault.padEnd(40)} ${short.padEnd(72)} ${runs.padStart(6)} ${time.padStart(7)}`;
}
