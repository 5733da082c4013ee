import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
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
    const gateway = await rig.#run(simulator, ['gateway', '--port', '0'], /(http:\S+\/rest\/)/);
    const baud = options.baud === undefined ? [] : ['--baud', String(options.baud)];
    const serialPort =
      options.serialPort ??
      (await rig.#run(simulator, ['terminal', '--payment-time', '0', ...baud], /serial_port of the register: (\S+)/));
    rig.#port = await freePort();
    const configFile = join(rig.#folder, 'config.yml');
    await writeFile(configFile, demoConfig({ serialPort, localPort: rig.#port, gatewayUrl: gateway }), { mode: 0o600 });
    await rig.#run(service, ['--config', configFile], /takes payments at (\S+)/);
    return rig;
  }

  async #run(program: string, args: string[], ready: RegExp): Promise<string> {
    const { child, found } = await started(program, args, ready);
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
    for (const child of this.#children.reverse()) {
      if (child.exitCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(this.#folder, { recursive: true });
  }
}
