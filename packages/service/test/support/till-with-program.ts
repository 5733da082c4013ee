import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartedTerminal, startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import { requestsTaken } from './house.ts';
import { basic, call } from './http-call.ts';
import { freePort, Programs, type Run, writeConfig } from './programs.ts';
import { until } from './until.ts';

const authorization = basic('log', 'pwd');

export interface Told {
  outcome?: string;
  errorCode?: string;
  errorDescription?: string;
  replayed?: boolean;
}

/** A till with the program itself, whose processes live with an environment of the test's. */
export class TillWithProgram {
  readonly events: TerminalEvent[] = [];
  readonly programs: Programs;
  service!: Run;
  #port = 0;
  readonly folder: string;
  readonly terminal: StartedTerminal;

  static async open(environment: (folder: string) => Record<string, string>): Promise<TillWithProgram> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'bad-disk-till-')));
    const events: TerminalEvent[] = [];
    const terminal = await startTerminal({
      // No pseudo-terminal: its number may have been another one's, whose till still looks for it.
      line: 'tcp',
      delays: { paymentMs: 300, retryMs: 100 },
      answerSessions: 100,
      happened: (event) => events.push(event),
    });
    return new TillWithProgram(folder, terminal, events, new Programs(environment(folder)));
  }

  private constructor(folder: string, terminal: StartedTerminal, events: TerminalEvent[], programs: Programs) {
    this.folder = folder;
    this.terminal = terminal;
    this.events = events;
    this.programs = programs;
  }

  async config(): Promise<string> {
    this.#port = await freePort();
    return writeConfig(this.folder, { serialPort: this.terminal.path, port: this.#port });
  }

  async serve(): Promise<void> {
    this.service = await this.programs.serve(await this.config());
  }

  async pay(amount: number, orderId: string): Promise<{ status: number; told: Told }> {
    const body = { amount, order_id: orderId };
    const answer = await call(this.#port, { method: 'POST', path: '/order', body, headers: { authorization } });
    return { status: answer.status, told: answer.body as Told };
  }

  async isPaid(amount: number, orderId: string): Promise<void> {
    const { told } = await this.pay(amount, orderId);
    expect([told.outcome, told.errorDescription]).toEqual(['approved', undefined]);
  }

  /** Asks, and lets the disk fail while the customer is before the terminal. */
  async payWhile(amount: number, orderId: string, fails: () => void): Promise<{ status: number; told: Told }> {
    const taken = requestsTaken(this.events).length;
    const paying = this.pay(amount, orderId);
    await until(() => requestsTaken(this.events).length > taken);
    fails();
    return paying;
  }

  async health(): Promise<{ status: string; journal: { writable: boolean; detail: string }; problems: string[] }> {
    const { body } = await call(this.#port, { path: '/health', headers: { authorization } });
    return body as Awaited<ReturnType<TillWithProgram['health']>>;
  }

  /** The journal's fault in health, which must name the file. */
  async fault(): Promise<string> {
    const { status, journal, problems } = await this.health();
    expect({ status, writable: journal.writable }).toEqual({ status: 'failing', writable: false });
    expect(problems).toContain(journal.detail);
    expect(journal.detail).toContain(join(this.folder, 'journal.db'));
    return journal.detail;
  }

  /** The order is not sent: nothing of it reaches the terminal. */
  async isNotSent(amount: number, orderId: string): Promise<void> {
    const before = requestsTaken(this.events).length;
    const { status, told } = await this.pay(amount, orderId);
    expect({ status, code: told.errorCode }).toEqual({ status: 503, code: '1107' });
    expect(told.errorDescription).toContain('Nothing was sent to the terminal');
    expect(requestsTaken(this.events)).toHaveLength(before);
  }

  /** It is unknown, as long as the journal cannot be told; and paid once it can be, by nobody's doing. */
  async comesToBePaid(amount: number, orderId: string): Promise<void> {
    await until(async () => (await this.pay(amount, orderId)).told.outcome === 'approved');
    const charged = this.terminal.terminal.charges.filter(({ amountMinor }) => amountMinor === amount * 100);
    expect(charged).toHaveLength(1);
  }

  async isWell(): Promise<void> {
    await until(async () => (await this.health()).journal.writable);
    expect((await this.health()).status).not.toBe('failing');
  }

  async close(): Promise<void> {
    await this.programs.endAll();
    await this.terminal.close();
    await rm(this.folder, { recursive: true });
  }
}
