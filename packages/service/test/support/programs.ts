import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stdioWithoutPtys } from '@hipay-ecr/simulator/lines/pty-descriptors.ts';
import { CONFIG_YAML } from './house.ts';
import { until } from './until.ts';

export { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';

/** As it is started from a checkout. */
export const SOURCE = fileURLToPath(new URL('../../bin/tp-manager.js', import.meta.url));
/** The same in a few files, which start in half the time (scripts/jest-one-file.js). */
const IN_ONE_FILE = process.env.TP_MANAGER_IN_ONE_FILE ?? SOURCE;

export interface Run {
  child: ChildProcess;
  stdout: string;
  stderr: string;
  exit: Promise<number | null>;
}

/** Processes of tp-manager, all of which are gone after the test. */
export class Programs {
  readonly #runs: Run[] = [];
  readonly #environment: Record<string, string>;
  readonly #program: string;

  constructor(environment: Record<string, string> = {}, program = IN_ONE_FILE) {
    this.#environment = environment;
    this.#program = program;
  }

  start(...args: string[]): Run {
    const child = spawn(process.execPath, [this.#program, ...args], {
      stdio: stdioWithoutPtys(['ignore', 'pipe', 'pipe']),
      env: { ...process.env, ...this.#environment },
    });
    const run: Run = { child, stdout: '', stderr: '', exit: once(child, 'close').then(([status]) => status) };
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (run.stdout += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (run.stderr += chunk));
    this.#runs.push(run);
    return run;
  }

  /** Runs to its end. */
  async run(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
    const run = this.start(...args);
    const status = await run.exit;
    return { status, stdout: run.stdout, stderr: run.stderr };
  }

  /** A service, once it serves. */
  async serve(configFile: string): Promise<Run> {
    const run = this.start('--config', configFile);
    await until(() => run.stdout.includes('takes payments at') || run.child.exitCode !== null);
    expect(run.stdout + run.stderr).toContain('takes payments at');
    return run;
  }

  async endAll(): Promise<void> {
    for (const { child, exit } of this.#runs.splice(0)) {
      child.kill('SIGKILL');
      await exit;
    }
  }
}

/** A config.yml in this folder, for its owner only. */
export async function writeConfig(
  folder: string,
  {
    serialPort = '/dev/none',
    port,
    gatewayUrl = 'http://127.0.0.1:9/rest/',
    name = 'config.yml',
  }: {
    serialPort?: string;
    port: number;
    gatewayUrl?: string;
    name?: string;
  },
): Promise<string> {
  const file = join(folder, name);
  const text = CONFIG_YAML.replace('/dev/none', serialPort).replace('local_port: 8080', `local_port: ${port}`);
  await writeFile(file, `${text}hipay_gateway_url: ${gatewayUrl}\n`, { mode: 0o600 });
  return file;
}
