import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { stdioWithoutPtys } from '@hipay-ecr/simulator/lines/pty-descriptors.ts';

const PROGRAM = fileURLToPath(new URL('../../packages/service/src/main.ts', import.meta.url));
const FAST_TIME = new URL('fast-time.ts', import.meta.url).href;
const READY = /takes payments at/;
/** What Node prints below the stack of an error that nobody caught. */
const CRASH = /\n\s+at .*\n[\s\S]*Node\.js v\d+/;
const STOP_MS = 20_000;

/** None of them outlives the harness: it would go on with the terminal of the next one. */
const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export interface TorturedServiceRooms {
  configFile: string;
  paceFile: string;
  compileCache: string;
  environment: Record<string, string>;
  /** It has ended, of itself or not; `bug` where it crashed. */
  ended(how: { bug: string | undefined }): void;
}

/** The real program in a process of its own, which can be killed at any byte. */
export class TorturedService {
  readonly #rooms: TorturedServiceRooms;
  #child: ChildProcess | undefined;
  #exit: Promise<unknown> = Promise.resolve();
  /** All that its processes have printed. */
  output = '';

  constructor(rooms: TorturedServiceRooms) {
    this.#rooms = rooms;
  }

  get isUp(): boolean {
    return this.#child !== undefined;
  }

  /** Resolves true once it takes payments, false where it ended instead. */
  async start(): Promise<boolean> {
    const { configFile, paceFile, compileCache, environment, ended } = this.#rooms;
    const child = spawn(process.execPath, ['--import', FAST_TIME, PROGRAM, '--config', configFile], {
      stdio: stdioWithoutPtys(['ignore', 'pipe', 'pipe']),
      env: { ...process.env, ...environment, TORTURE_PACE: paceFile, NODE_COMPILE_CACHE: compileCache },
    });
    this.#child = child;
    alive.add(child);
    const exit = once(child, 'close');
    this.#exit = exit;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        this.output += text;
        if (READY.test(said)) resolve(true);
      });
    }
    void exit.then(() => {
      alive.delete(child);
      if (this.#child === child) this.#child = undefined;
      resolve(false);
      ended({ bug: CRASH.test(said) ? said.slice(-2_000) : undefined });
    });
    return promise;
  }

  /** At once: nothing of it runs any more when this returns to the event loop. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exit;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await this.#exit;
    clearTimeout(force);
  }

  /** It reads its pace again. */
  changePace(): void {
    this.#child?.kill('SIGUSR2');
  }
}
