import { spawn as spawnProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach } from '@jest/globals';
import { type IPty, spawn } from '@lydell/node-pty';
import { runSetup } from '../../src/program.ts';
import type { MadeUpTill } from './made-up-till.ts';
import { madeUpWorld } from './made-up-world.ts';
import { Screen } from './screen.ts';

/** The setup on a made-up till, in the few files from which it starts faster (scripts/jest-one-file.js), and the one that is delivered. */
const program = process.env.SETUP_IN_ONE_FILE ?? fileURLToPath(new URL('./setup-program.ts', import.meta.url));
const realProgram = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const COLUMNS = 200;

/** A person at a terminal on which the setup runs. */
export interface SetupAtTerminal {
  /** Everything that is on the screen now. */
  screen(): string;
  /** Resolves once the screen has this text; rejects where the setup ends before. */
  sees(text: string): Promise<void>;
  type(keys: string): void;
  /** Waits for a question, then answers it. */
  answers(question: string, text: string): Promise<void>;
  /** The exit status. */
  ended(): Promise<number>;
}

export const ENTER = '\r';
export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';
export const DOWN = '\u001b[B';

/** Runs the setup on a pseudo-terminal, on a made-up till. */
export function setupAtTerminal(
  till: MadeUpTill,
  args: string[] = [],
  variables: Record<string, string> = {},
): SetupAtTerminal {
  return atTerminal([program, ...args], till.homeFolder, environment(till, variables));
}

/** Runs the setup itself on a pseudo-terminal, with everything that it does. */
export function realSetupAtTerminal(
  homeFolder: string,
  args: string[] = [],
  variables: Record<string, string> = {},
): SetupAtTerminal {
  return atTerminal([realProgram, ...args], homeFolder, { ...atHome(homeFolder), ...variables });
}

/** What a test that failed in its midst has left waiting for keys. */
const waitingForKeys = new Set<IPty>();
afterEach(() => {
  for (const child of waitingForKeys) child.kill('SIGKILL');
  waitingForKeys.clear();
});

function atTerminal(args: string[], cwd: string, env: Record<string, string>): SetupAtTerminal {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    ...{ cols: COLUMNS, rows: 60, cwd, env },
  });
  waitingForKeys.add(child);
  const screen = new Screen(COLUMNS);
  let status: number | undefined;
  let failure: Error | undefined;
  let waiting: (() => void)[] = [];
  const changed = () => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  child.onData((text) => {
    try {
      screen.write(text);
    } catch (error) {
      failure ??= error as Error;
    }
    changed();
  });
  child.onExit(({ exitCode, signal }) => {
    waitingForKeys.delete(child);
    status = signal ? 128 + signal : exitCode;
    changed();
  });
  const until = async (isSo: () => boolean) => {
    while (!isSo() && failure === undefined) await new Promise<void>((wake) => waiting.push(wake));
    if (failure !== undefined) throw failure;
  };
  const sees = async (text: string) => {
    await until(() => screen.text.includes(text) || status !== undefined);
    if (!screen.text.includes(text))
      throw new Error(`the setup ended with ${status} before "${text}":\n${screen.text}`);
  };
  return {
    screen: () => screen.text,
    sees,
    type: (keys) => child.write(keys),
    async answers(question, text) {
      await sees(question);
      child.write(text + ENTER);
    },
    async ended() {
      await until(() => status !== undefined);
      return status ?? -1;
    },
  };
}

export interface SetupRun {
  status: number;
  output: string;
  errors: string;
}

/** Runs the setup without a terminal, in this process. */
export async function setupWithoutTerminal(
  till: MadeUpTill,
  args: string[],
  variables: Record<string, string> = {},
): Promise<SetupRun> {
  const printed: string[] = [];
  const told: string[] = [];
  const status = await runSetup(args, {
    ...madeUpWorld(till),
    environment: variables,
    workingFolder: till.homeFolder,
    version: '1.2.3',
    clock: new ManualClock(),
    print: (text) => printed.push(`${text}\n`),
    printError: (text) => told.push(`${text}\n`),
    printsToTerminal: false,
    prompter: () => undefined,
    leavable: (work) => work(),
  });
  return { status, output: printed.join(''), errors: told.join('') };
}

/** Runs the setup as a process whose standard output is a pipe and whose input is nothing. */
export async function setupInPipe(till: MadeUpTill, args: string[]): Promise<SetupRun> {
  const child = spawnProcess(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd: till.homeFolder,
    env: environment(till, {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [status] = (await once(child, 'close')) as [number];
  return { status, output, errors };
}

/** What the program's acts were asked, in order. */
export function deedsOf(till: MadeUpTill): Record<string, unknown>[] {
  if (!existsSync(till.deedsFile)) return [];
  return JSON.parse(readFileSync(till.deedsFile, 'utf8')) as Record<string, unknown>[];
}

function environment(till: MadeUpTill, variables: Record<string, string>): Record<string, string> {
  return { ...atHome(process.env.HOME ?? ''), MADE_UP_TILL: JSON.stringify(till), ...variables };
}

/** Nothing of the tests' own, but for where compiled code is kept: the setup starts in half the time with it. */
function atHome(HOME: string): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  return { PATH, NODE_COMPILE_CACHE, HOME, TERM: 'xterm', LANG: 'C.UTF-8' };
}
