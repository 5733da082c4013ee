import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatedGateway, startSimulatedGateway } from '@hipay-ecr/simulator/gateway/simulated-gateway.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { type StartedTerminal, startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import { idOf } from './house.ts';
import { type Answer, basic, call } from './http-call.ts';
import { freePort, Programs, type Run, writeConfig } from './programs.ts';

const authorization = basic('log', 'pwd');

/** A folder with a configuration, a terminal and a gateway: all that the program and the commands beside it need. */
export class TillWithCommands {
  readonly programs = new Programs();
  readonly folder: string;
  readonly terminal: StartedTerminal;
  readonly gateway: SimulatedGateway;
  readonly port: number;
  readonly config: string;
  service!: Run;

  /** `paymentMs`: how long the customer takes. */
  static async open({ paymentMs = 0 } = {}): Promise<TillWithCommands> {
    const folder = await mkdtemp(join(tmpdir(), 'till-'));
    const terminal = await startTerminal({ line: 'pty', delays: { paymentMs } });
    const gateway = await startSimulatedGateway({ port: 0, clock: realClock });
    const port = await freePort();
    const config = await writeConfig(folder, { serialPort: terminal.path, port, gatewayUrl: gateway.url });
    return new TillWithCommands({ folder, terminal, gateway, port, config });
  }

  private constructor(made: Pick<TillWithCommands, 'folder' | 'terminal' | 'gateway' | 'port' | 'config'>) {
    this.folder = made.folder;
    this.terminal = made.terminal;
    this.gateway = made.gateway;
    this.port = made.port;
    this.config = made.config;
  }

  async serve(): Promise<Run> {
    this.service = await this.programs.serve(this.config);
    return this.service;
  }

  get(path: string): Promise<Answer> {
    return call(this.port, { path, headers: { authorization } });
  }

  pay(body: unknown): Promise<Answer> {
    return call(this.port, { method: 'POST', path: '/order', body, headers: { authorization } });
  }

  /** Pays, and gives the id of the payment. */
  async paid(body: unknown): Promise<string> {
    return idOf(await this.pay(body));
  }

  run(...args: string[]): ReturnType<Programs['run']> {
    return this.programs.run(...args, '--config', this.config);
  }

  /** What a command prints that has nothing to complain of. */
  async fine(...args: string[]): Promise<string> {
    const { status, stdout, stderr } = await this.run(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringMatching(/error/i) });
    return stdout;
  }

  async json(...args: string[]) {
    return JSON.parse(await this.fine(...args, '--json'));
  }

  async close(): Promise<void> {
    await this.programs.endAll();
    await this.terminal.close();
    await this.gateway.close();
    await rm(this.folder, { recursive: true });
  }
}
