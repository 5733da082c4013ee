import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LINK_LIMITS } from '@hipay-ecr/shared/concert/link-limits.ts';
import { demoConfig, demoShop } from '@hipay-ecr/simulator/demo/demo-config.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';

const root = new URL('../../packages/', import.meta.url);
const simulator = fileURLToPath(new URL('simulator/bin/ecr-simulator.js', root));
const service = fileURLToPath(new URL('service/bin/tp-manager.js', root));

/** A process of ours, known to be ready by a line that it prints. */
async function started(
  program: string,
  args: string[],
  ready: RegExp,
): Promise<{ child: ChildProcess; found: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const found = ready.exec(line);
    if (found === null) continue;
    child.stdout?.resume();
    return { child, found: found[1] ?? '' };
  }
  throw new Error(`${program} ${args.join(' ')} ended before it was ready`);
}

/** A simulated terminal whose customer takes no time, as a process of its own; gives the path of its device. */
export function startTerminal(baud?: number): Promise<{ child: ChildProcess; found: string }> {
  const speed = baud === undefined ? [] : ['--baud', String(baud)];
  return started(simulator, ['terminal', '--payment-time', '0', ...speed], /serial_port of the register: (\S+)/);
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export interface RigOptions {
  /** Emulated line speed; none: as fast as a pseudo-terminal is. */
  baud?: number;
  /** Another end of the line than the simulated terminal. */
  serialPort?: string;
}

/** Gateway, terminal and service, each a process of its own, as on a till. */
export class Rig {
  readonly #children: ChildProcess[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  #folder = '';
  #port = 0;

  static async start(options: RigOptions = {}): Promise<Rig> {
    const rig = new Rig();
    rig.#folder = await mkdtemp(join(tmpdir(), 'bench-'));
    const gateway = await rig.#add(started(simulator, ['gateway', '--port', '0'], /(http:\S+\/rest\/)/));
    const serialPort = options.serialPort ?? (await rig.#add(startTerminal(options.baud)));
    rig.#port = await freePort();
    const configFile = join(rig.#folder, 'config.yml');
    await writeFile(configFile, demoConfig({ serialPort, localPort: rig.#port, gatewayUrl: gateway }), { mode: 0o600 });
    await rig.#add(started(service, ['--config', configFile], /takes payments at (\S+)/));
    // A line that was just opened is drained first, which is once and not what a payment costs.
    await setTimeout(2 * LINK_LIMITS.drainMs);
    return rig;
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

  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Basic ${Buffer.from(`${demoShop.apiUsername}:${demoShop.apiPassword}`).toString('base64')}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const sent = request(
        { port: this.#port, host: '127.0.0.1', method, path, headers, agent: this.#agent },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve(JSON.parse(text)));
        },
      );
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    for (const child of this.#children.reverse()) await ended(child);
    await rm(this.#folder, { recursive: true });
  }
}
