import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readlink } from 'node:fs/promises';
import { stdioWithoutPtys } from '../../packages/simulator/src/lines/pty-descriptors.ts';
import { until } from './until.ts';

/** Longer than it takes to pull a cable, shorter than any wait of the protocol. */
const HELD_UP_US = 400_000;

/** Each read that this process makes of this device begins late, by strace: so what happens to the device meets one that is under way. */
export class HeldUpReads {
  readonly #strace: ChildProcess;
  readonly #pid: number;
  readonly #device: string;
  readonly #trace: string;

  static async of(pid: number, device: string, trace: string): Promise<HeldUpReads> {
    const inject = `inject=read:delay_enter=${HELD_UP_US}`;
    const words = ['-f', '-p', String(pid), '-P', device, '-e', 'trace=read', '-e', inject, '-o', trace];
    const strace = spawn('strace', words, { stdio: stdioWithoutPtys(['ignore', 'ignore', 'ignore']) });
    await once(strace, 'spawn');
    const status = () => readFile(`/proc/${pid}/status`, 'utf8');
    await until('strace holds its reads up', async () =>
      /^TracerPid:\t[1-9]/m.test(await status()) ? true : undefined,
    );
    return new HeldUpReads(strace, pid, device, trace);
  }

  private constructor(strace: ChildProcess, pid: number, device: string, trace: string) {
    this.#strace = strace;
    this.#pid = pid;
    this.#device = device;
    this.#trace = trace;
  }

  /** Whether one of them has begun and not ended: the system call of the main thread is read (0 on x64), and of the device. */
  async isUnderWay(): Promise<boolean> {
    const [, descriptor] = /^0 (0x[0-9a-f]+) /.exec(await readFile(`/proc/${this.#pid}/syscall`, 'utf8')) ?? [];
    if (descriptor === undefined) return false;
    return (await readlink(`/proc/${this.#pid}/fd/${Number(descriptor)}`).catch(() => '')) === this.#device;
  }

  /** How many of them have met a hang-up: the system answers "0 bytes", which is how a file ends. */
  async metHangUp(): Promise<number> {
    const text = await readFile(this.#trace, 'utf8').catch(() => '');
    return text.match(/= 0 \(DELAYED\)$/gm)?.length ?? 0;
  }

  async end(): Promise<void> {
    if (this.#strace.exitCode !== null || this.#strace.signalCode !== null) return;
    const ended = once(this.#strace, 'exit');
    this.#strace.kill('SIGINT');
    await ended;
  }
}
