import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { programScript } from '../../src/acts/program-script.ts';
import { until } from './until.ts';

const delivered = fileURLToPath(new URL('../../delivered/', import.meta.url));
export const standIn = fileURLToPath(new URL('stand-in.js', import.meta.url));

/**
 * A `sleep` for launch.sh: where it would wait up to a second it waits a moment, and where it would wait longer it waits until it is
 * woken, or the folder is taken away. So no test waits in vain, and none that is to cut a waiting short passes by itself.
 */
const SLEEP = `#!/bin/sh
case $1 in
  0.* | 1) exec /bin/sleep 0.05 ;;
esac
while [ -e "$0" ]; do /bin/sleep 0.05; done
`;

export interface Ran {
  status: number | null;
  output: string;
}

interface Running {
  /** What it has said. */
  soFar(): string;
  ended: Promise<Ran>;
  kill(): void;
}

/** An installation folder with the delivered scripts and a stand-in for tp-manager. */
export class Launched {
  readonly folder: string;
  readonly data: string;
  /** That of this process, with the stand-in for sleep. */
  readonly environment: NodeJS.ProcessEnv;

  constructor() {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'launch-')));
    this.folder = join(root, "the till's folder, 100 %");
    this.environment = { ...process.env, PATH: `${join(root, 'tools')}:${process.env.PATH}` };
    this.data = join(this.folder, 'hipay', 'ecr-connector', 'bin', 'data');
    mkdirSync(this.data, { recursive: true });
    for (const script of ['launch.sh', 'always-up.sh']) {
      copyFileSync(join(delivered, script), join(this.folder, script));
    }
    copyFileSync(join(delivered, 'keep-up.sh'), join(this.data, '..', 'keep-up.sh'));
    mkdirSync(join(root, 'tools'));
    writeFileSync(join(root, 'tools', 'sleep'), SLEEP, { mode: 0o755 });
    const program = join(this.data, '..', 'tp-manager');
    writeFileSync(
      program,
      programScript({ kind: 'checkout', node: process.execPath, program: standIn, scripts: '' }, 'linux'),
    );
    chmodSync(program, 0o755);
  }

  behave(behaviour: string): void {
    writeFileSync(join(this.data, 'behaviour'), behaviour);
  }

  read(name: string): string {
    return textOf(join(this.data, name));
  }

  get starts(): string[] {
    return this.read('starts').split('\n').filter(Boolean);
  }

  get log(): string {
    return this.read('launch.log');
  }

  /** The process that serves. */
  get serving(): number | undefined {
    const text = this.read('tp-manager.running.json');
    if (text === '') return undefined;
    const { pid } = JSON.parse(text) as { pid: number };
    return isAlive(pid) ? pid : undefined;
  }

  get keeper(): number | undefined {
    const pid = Number(this.read('launch.pid'));
    return pid > 0 && isAlive(pid) ? pid : undefined;
  }

  /** Runs one of the scripts to its end, in the given environment and folder. */
  run(script: string, args: string[] = [], { env = this.environment, cwd = '/' } = {}): Promise<Ran> {
    return ending(spawn(join(this.folder, script), args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })).ended;
  }

  /** Starts one of the scripts, and does not wait for it. */
  start(script: string): Running {
    return ending(spawn(join(this.folder, script), { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** Runs one of the scripts in a process whose number is told before it begins. */
  runAs(script: string, args: string[], tell: (pid: number) => void): Promise<Ran> {
    const shell = ['-c', 'read -r _; exec "$0" "$@" </dev/null', join(this.folder, script), ...args];
    const child = spawn('/bin/sh', shell, { env: this.environment, stdio: 'pipe' });
    if (child.pid === undefined) throw new Error('no shell was started');
    tell(child.pid);
    child.stdin.end('\n');
    return ending(child).ended;
  }

  /** Ends whatever still runs, and takes the folder away. */
  async clear(): Promise<void> {
    this.behave('exit 2');
    for (const pid of [this.keeper, this.serving]) if (pid !== undefined) terminate(pid);
    await until(() => this.keeper === undefined && this.serving === undefined);
    rmSync(join(this.folder, '..'), { recursive: true });
  }
}

function ending(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Running {
  const ran = { output: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (ran.output += chunk));
  const ended = once(child, 'close').then(([status]) => ({ status, output: ran.output }));
  return { soFar: () => ran.output, ended, kill: () => void child.kill('SIGKILL') };
}

/** The scripts and the stand-in take their files away when they like: one that is not there has no text. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return '';
  }
}

/** The one may have ended by what the other was told. */
function terminate(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Not a process that has ended and that nobody has asked how. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
