import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folders } from '../package/folders.ts';
import { Simulator } from './simulator.ts';

export const run = promisify(execFile);

interface StageOptions {
  /** The folder in which its own is made. */
  parent?: string;
  /** What the simulators run with. */
  env?: NodeJS.ProcessEnv;
  user?: { uid?: number; gid?: number };
}

/** Where a story plays: a folder of its own, with a delivery and the packed simulator unzipped, and the simulators that run. */
export class Stage {
  readonly folder: string;
  readonly #options: StageOptions;
  readonly #simulators: Simulator[] = [];

  /** `delivery` is the name of the zip that is unzipped into `delivery`. */
  static async open(name: string, delivery: string, options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(await mkdtemp(join(options.parent ?? tmpdir(), `${name}-`)), options);
    for (const [zip, into] of [
      [delivery, 'delivery'],
      ['ecr-simulator-linux.zip', 'simulator'],
    ] as const) {
      await run('unzip', ['-q', join(folders.out, zip), '-d', stage.path(into)]);
    }
    return stage;
  }

  private constructor(folder: string, options: StageOptions) {
    this.folder = folder;
    this.#options = options;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** A terminal, or a gateway. */
  async simulate(words: string[]): Promise<Simulator> {
    const { env = {}, user } = this.#options;
    const simulator = await Simulator.start(this.path('simulator', 'ecr-simulator'), words, { env, ...user });
    this.#simulators.push(simulator);
    return simulator;
  }

  async close(): Promise<void> {
    for (const simulator of this.#simulators) await simulator.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
