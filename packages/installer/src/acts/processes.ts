import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { actsLimits } from './acts-limits.ts';
import type { Background, Finished, Variables } from './system.ts';

/** What must not reach other programs: options of Node, and passwords, which config.yml holds; whoever needs one is handed it. */
const NOT_PASSED_ON = ['NODE_OPTIONS', 'HIPAY_PASSWORD', 'TP_MANAGER_API_PASSWORD', 'HIPAY_USERNAME'];

export function run(command: string, args: string[], input = '', variables: Variables = {}): Promise<Finished> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(actsLimits.commandMs);
    const child = spawn(command, args, { env: { ...ownEnvironment(), ...variables }, windowsHide: true, signal });
    const said = { output: '', errors: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.errors += text;
    });
    child.on('error', (error) => resolve({ status: undefined, output: '', errors: error.message }));
    child.on('close', (status) => resolve({ status: status ?? undefined, ...said }));
    // A command that does not read it is not wrong.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

export function startInBackground(command: string, args: string[], logFile: string): Background {
  const child = spawnDetached(command, args, { input: 'ignore', logFile });
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('exit', (status) => resolve(status));
  });
  return { ended };
}

export function startListener(
  command: string,
  args: string[],
  logFile: string,
  variables: Variables = {},
): (lastWord?: string) => void {
  const child = spawnDetached(command, args, { input: 'pipe', logFile, variables });
  // Without it things are as they would be without a listener.
  child.on('error', () => {});
  child.stdin?.on('error', () => {});
  return (lastWord) => void child.stdin?.end(lastWord === undefined ? '' : `${lastWord}\n`);
}

function spawnDetached(
  command: string,
  args: string[],
  { input, logFile, variables }: { input: 'ignore' | 'pipe'; logFile: string; variables?: Variables },
): ChildProcess {
  // As launch itself does: the file that is given here gets what is wrong, the files of the log have everything.
  const env = { ...ownEnvironment(), ...variables, TP_MANAGER_CONSOLE: 'warn' };
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      ...{ env, detached: true, windowsHide: true, windowsVerbatimArguments: true },
      stdio: [input, log, log],
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

function ownEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of NOT_PASSED_ON) delete env[name];
  return env;
}

/** The numbers of processes are given again: on Linux the command line tells. */
export function isRunning(pid: number, inCommandLine: string): boolean {
  if (pid <= 0) return false;
  try {
    if (process.platform === 'linux') {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(inCommandLine);
    }
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A machine may hide the processes of other users (hidepid of proc): then the first one is not seen either. */
export function runsAny(names: readonly string[]): boolean | undefined {
  if (nameOf('1') === undefined) return undefined;
  return readdirSync('/proc').some((entry) => /^\d+$/.test(entry) && names.includes(nameOf(entry) ?? ''));
}

/** As the kernel has it; undefined where the process is gone, or is not shown. */
function nameOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trimEnd();
  } catch {
    return undefined;
  }
}

export function terminate(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
