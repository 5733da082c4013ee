import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What its terminal and its gateway print once they can be reached. */
const ADDRESS = /^(?:serial_port of the register|hipay_gateway_url of the service): (.+)$/;

/** The packed simulator in a process of its own: its terminal or its gateway. */
export class Simulator {
  readonly #child: ChildProcess;
  /** Where it is found. */
  readonly address: string;
  /** What it has printed, which goes on. */
  readonly lines: readonly string[];

  static async start(
    program: string,
    words: string[],
    options: { env: NodeJS.ProcessEnv; uid?: number | undefined; gid?: number | undefined },
  ): Promise<Simulator> {
    const { uid, gid, env } = options;
    const child = spawn(program, words, {
      ...{ env, stdio: ['ignore', 'pipe', 'inherit'] },
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    });
    const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const lines: string[] = [];
    const address = await new Promise<string>((resolve, reject) => {
      reader.on('line', (line) => {
        lines.push(line);
        const [, found] = ADDRESS.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.on('error', reject);
      child.on('exit', (status) => reject(new Error(`${program} has ended with ${status}`)));
    });
    return new Simulator(child, address, lines);
  }

  private constructor(child: ChildProcess, address: string, lines: string[]) {
    this.#child = child;
    this.address = address;
    this.lines = lines;
  }

  /** As a cable is pulled: nothing is said before. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }
}
