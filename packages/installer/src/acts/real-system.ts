import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { actsLimits } from './acts-limits.ts';
import { realFiles } from './real-files.ts';
import type { Background, Finished, Source, System } from './system.ts';

/** What must not reach the service that is started: options of Node, and passwords, which its config.yml holds. */
const NOT_PASSED_ON = ['NODE_OPTIONS', 'HIPAY_PASSWORD', 'TP_MANAGER_API_PASSWORD', 'HIPAY_USERNAME'];

/** This machine. */
export function realSystem(clock: Clock): System {
  return {
    platform: process.platform,
    architecture: process.arch,
    environment: process.env,
    homeFolder: homedir(),
    userName: userInfo().username,
    version: packageJson.version,
    source: isSea() ? deliveredSource() : checkoutSource(),
    files: realFiles,
    clock,
    ...{ run, startInBackground, isRunning, terminate },
  };
}

/** The executable is the setup and tp-manager in one, so it installs itself; the scripts stand at the delivery's root, or where it is installed. */
function deliveredSource(): Source {
  const folder = dirname(process.execPath);
  const launch = process.platform === 'win32' ? 'launch.cmd' : 'launch.sh';
  const roots = [folder, dirname(folder), join(folder, '..', '..', '..')];
  const scripts = roots.find((root) => existsSync(join(root, launch))) ?? folder;
  return { kind: 'delivery', program: process.execPath, scripts };
}

function checkoutSource(): Source {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  return {
    kind: 'checkout',
    node: projectNode(),
    program: join(root, 'packages', 'service', 'bin', 'tp-manager.js'),
    scripts: join(root, 'packages', 'installer', 'delivered'),
  };
}

/** The Node that npm brought along; the one that runs this is as good where there is none for this machine. */
function projectNode(): string {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    return createRequire(import.meta.url).resolve(`node-${os}-${process.arch}/bin/${file}`);
  } catch {
    return process.execPath;
  }
}

function run(command: string, args: string[], input = ''): Promise<Finished> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(actsLimits.commandMs);
    const child = spawn(command, args, { windowsHide: true, signal });
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

function startInBackground(command: string, args: string[], logFile: string): Background {
  const env = { ...process.env };
  for (const name of NOT_PASSED_ON) delete env[name];
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(command, args, {
      ...{ env, detached: true, windowsHide: true, windowsVerbatimArguments: true },
      stdio: ['ignore', log, log],
    });
    const ended = new Promise<number | null>((resolve) => {
      child.on('error', () => resolve(null));
      child.on('exit', (status) => resolve(status));
    });
    child.unref();
    return { ended };
  } finally {
    closeSync(log);
  }
}

/** The numbers of processes are given again: on Linux the command line tells. */
function isRunning(pid: number, inCommandLine: string): boolean {
  if (pid <= 0) return false;
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(inCommandLine);
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function terminate(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
