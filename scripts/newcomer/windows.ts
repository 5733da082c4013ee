import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The newcomer's terminal windows: commands that end, and programs that stay until everything is over. */
export class Windows {
  readonly #open: ChildProcess[] = [];

  /** Runs a command to its end; what it printed, or an error with that. */
  async run(command: string, args: string[], cwd: string): Promise<string> {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    }
    const [status] = (await once(child, 'close')) as [number | null];
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${said}`);
    return said;
  }

  /** Starts a program that stays; resolves with what its first line of this shape names. */
  open(command: string, args: string[], cwd: string, shape: RegExp): Promise<string> {
    // A group of its own: npx passes no signal on to what it runs.
    const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#open.push(child);
    let said = '';
    return new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const named = shape.exec(said)?.[1];
          if (named !== undefined) resolve(named);
        });
      }
      child.on('error', reject);
      child.on('exit', (status) => reject(new Error(`${command} ${args.join(' ')} ended with ${status}:\n${said}`)));
    });
  }

  async close(): Promise<void> {
    for (const child of this.#open) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'close');
      process.kill(-child.pid, 'SIGTERM');
      await gone;
    }
  }
}
