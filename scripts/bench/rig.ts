import type { ChildProcess } from 'node:child_process';
import { EventEmitter, on, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LINK_LIMITS } from '@hipay-ecr/shared/concert/link-limits.ts';
import { demoConfig, demoShop } from '@hipay-ecr/simulator/demo/demo-config.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { ended, programs, started, startTerminal } from './program.ts';

export interface RigOptions {
  /** Emulated line speed; none: as fast as a pseudo-terminal is. */
  baud?: number;
  /** Another end of the line than the simulated terminal. */
  serialPort?: string;
  /** A data folder that is there already, and stays; none: an empty one. */
  folder?: string;
  /** HiPay's port on this machine; where it is away, nobody listens there. None: any free one. */
  hipay?: { port: number; isAway: boolean };
  /** What the service gets besides our own environment. */
  environment?: Record<string, string>;
}

export function gatewayUrl(port: number): string {
  return `http://127.0.0.1:${port}/rest/`;
}

/** Gateway, terminal and service, each a process of its own, as on a till. */
export class Rig {
  readonly #children: ChildProcess[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #heard = new EventEmitter();
  #service: ChildProcess | undefined;
  #environment: Record<string, string> = {};
  #gateway = '';
  #folder = '';
  #folderStays = false;
  #port = 0;

  static async start(options: RigOptions = {}): Promise<Rig> {
    const rig = new Rig();
    rig.#folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'bench-')));
    rig.#folderStays = options.folder !== undefined;
    rig.#environment = options.environment ?? {};
    const { port, isAway } = options.hipay ?? { port: await freePort(), isAway: false };
    rig.#gateway = gatewayUrl(port);
    if (!isAway) await rig.#add(started(programs.simulator, ['gateway', '--port', String(port)], /(http:\S+\/rest\/)/));
    const serialPort = options.serialPort ?? (await rig.#add(startTerminal(options.baud)));
    rig.#port = await freePort();
    const config = demoConfig({ serialPort, localPort: rig.#port, gatewayUrl: rig.#gateway });
    await writeFile(rig.#configFile, config, { mode: 0o600 });
    await rig.startService();
    // A line that was just opened is drained first, which is once and not what a payment costs.
    await setTimeout(2 * LINK_LIMITS.drainMs);
    return rig;
  }

  get #configFile(): string {
    return join(this.#folder, 'config.yml');
  }

  /** Resolves with how long it took until the service answered, in ms. */
  async startService(): Promise<number> {
    const startMs = performance.now();
    const { child } = await started(programs.service, ['--config', this.#configFile], /takes payments at/, {
      environment: this.#environment,
      heard: (line) => this.#heard.emit('line', line),
    });
    this.#service = child;
    await this.call('GET', '/version');
    return performance.now() - startMs;
  }

  /** Whatever it is doing. */
  async endService(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#service;
    this.#service = undefined;
    if (child === undefined || child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** The service gets no processor until it is resumed: what it has in hand for later disturbs nobody. */
  pauseService(): void {
    this.#service?.kill('SIGSTOP');
  }

  resumeService(): void {
    this.#service?.kill('SIGCONT');
  }

  /** Resolves once the service says such a thing in its log. */
  async hears(sentence: RegExp): Promise<void> {
    for await (const [line] of on(this.#heard, 'line')) if (sentence.test(line)) return;
  }

  async #add(starting: ReturnType<typeof started>): Promise<string> {
    const { child, found } = await starting;
    this.#children.push(child);
    return found;
  }

  /** One payment; gives its answer, and how long it took from the request's first byte to the answer's last, in ms. */
  async pay(amount: number, orderId: string): Promise<{ tookMs: number; answer: Record<string, unknown> }> {
    const startMs = performance.now();
    const answer = await this.call('POST', '/order', { amount, order_id: orderId });
    return { tookMs: performance.now() - startMs, answer };
  }

  async call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    const response = await this.#send(method, path, body);
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return JSON.parse(text);
  }

  /** Asks for something long, and only waits for its end; gives how long that took, in ms. */
  async drain(path: string, accept = 'application/json'): Promise<number> {
    const startMs = performance.now();
    const response = await this.#send('GET', path, undefined, { accept });
    if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`);
    await once(response.resume(), 'end');
    return performance.now() - startMs;
  }

  #send(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Basic ${Buffer.from(`${demoShop.apiUsername}:${demoShop.apiPassword}`).toString('base64')}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...more,
      };
      const address = { port: this.#port, host: '127.0.0.1', method, path, headers, agent: this.#agent };
      request(address, resolve)
        .on('error', reject)
        .end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Makes the gateway do something wrong from now on. */
  async gatewayFails(fault: Record<string, unknown>): Promise<void> {
    const { ok } = await fetch(new URL('/simulator/faults', this.#gateway), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    if (!ok) throw new Error(`The gateway takes no fault such as ${JSON.stringify(fault)}.`);
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    await this.endService('SIGTERM');
    for (const child of this.#children.reverse()) await ended(child);
    if (!this.#folderStays) await rm(this.#folder, { recursive: true });
  }
}
