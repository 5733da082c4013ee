import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import { stdioWithoutPtys } from '../lines/pty-descriptors.ts';

export const serviceProcessLimits = { startMs: 20_000, retryMs: 100, stopMs: 10_000, outputCharacters: 8_000 };

export interface ServiceProcessOptions {
  /** A JavaScript program, which our own Node runs, or an executable. */
  program: string;
  configFile: string;
  /** Asked until it answers. */
  url: string;
  headers: Record<string, string>;
  clock: Clock;
}

/** The service as a child process. */
export class ServiceProcess {
  readonly #child: ChildProcess;
  #output = '';
  #gone: string | undefined;

  /** Resolves once the service answers; rejects with what it said where it does not. */
  static async start(options: ServiceProcessOptions): Promise<ServiceProcess> {
    const service = new ServiceProcess(options);
    try {
      await service.#answers(options);
    } catch (error) {
      await service.stop();
      throw error;
    }
    return service;
  }

  private constructor({ program, configFile }: ServiceProcessOptions) {
    const script = /\.(js|cjs|mjs|ts)$/.test(program);
    const command = script ? process.execPath : program;
    this.#child = spawn(command, [...(script ? [program] : []), '--config', configFile], {
      stdio: stdioWithoutPtys(['ignore', 'pipe', 'pipe']),
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-serviceProcessLimits.outputCharacters);
      });
    }
    this.#child.once('error', (error) => {
      this.#gone = `could not be started: ${error.message}`;
    });
    this.#child.once('exit', (code, signal) => {
      this.#gone ??= `ended with ${signal ?? `status ${code}`}`;
    });
  }

  /** The last of what it has written. */
  get output(): string {
    return this.#output;
  }

  async #answers({ url, headers, clock }: ServiceProcessOptions): Promise<void> {
    const untilMs = clock.monotonicMs() + serviceProcessLimits.startMs;
    while (this.#gone === undefined && clock.monotonicMs() < untilMs) {
      const response = await fetch(`${url}/version`, { headers }).catch(() => undefined);
      if (response?.ok) return;
      await pause(clock, serviceProcessLimits.retryMs);
    }
    const why = this.#gone ?? `did not answer at ${url} within ${serviceProcessLimits.startMs / 1000} s`;
    throw new Error(`the service ${why}. It said:\n${this.#output.trim() || '(nothing)'}`);
  }

  /** Asks it to end, and waits until it has; one that does not is ended. */
  async stop(): Promise<void> {
    if (this.#gone !== undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), serviceProcessLimits.stopMs);
    await ended;
    clearTimeout(force);
  }
}
