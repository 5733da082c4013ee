import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { type SimulatedGateway, startSimulatedGateway } from '@hipay-ecr/simulator/gateway/simulated-gateway.ts';
import { createHipayGateway, type HipayGatewaySettings } from '../../src/gateway/hipay-client.ts';
import { aHipayOrder } from '../../src/gateway/test-order.ts';
import type { HipayGateway, HipayOrder, Log } from '../../src/payments/ports.ts';

const LOGIN = 'till.stage';
export const PASSWORD = 'Test_p&ss/w0rd';
export const HASH_KEY = 'h4shk3y';
export const BASIC = Buffer.from(`${LOGIN}:${PASSWORD}`).toString('base64');
export const LOCALHOST_PEM = readFileSync(new URL('../../src/gateway/fixtures/localhost.pem', import.meta.url), 'utf8');

/** The client, before a simulated gateway or whatever else a test puts into its place. */
export class TestHipay {
  readonly clock = new ManualClock();
  readonly logged: string[] = [];
  simulated!: SimulatedGateway;
  readonly #closers: (() => unknown)[] = [];

  static async open(): Promise<TestHipay> {
    const hipay = new TestHipay();
    const { clock } = hipay;
    const credentials = { login: LOGIN, password: PASSWORD };
    hipay.simulated = await startSimulatedGateway({ port: 0, clock, credentials, hashKey: HASH_KEY });
    hipay.afterwards(() => hipay.simulated.close());
    return hipay;
  }

  afterwards(closes: () => unknown): void {
    this.#closers.unshift(closes);
  }

  async close(): Promise<void> {
    for (const close of this.#closers) await close();
  }

  gateway(changes: Partial<HipayGatewaySettings> = {}): HipayGateway {
    const note = (message: string, fields?: Record<string, unknown>) =>
      void this.logged.push(`${message} ${JSON.stringify(fields)}`);
    const log: Log = { error: note, warn: note, info: note, debug: note };
    return createHipayGateway({
      login: LOGIN,
      password: PASSWORD,
      hashKey: HASH_KEY,
      userAgent: 'test/1',
      clock: this.clock,
      log,
      ...changes,
    });
  }

  target(url = this.simulated.url): HipayOrder['target'] {
    return { environment: 'dev', url, login: LOGIN };
  }

  order(changes: Partial<HipayOrder> = {}): HipayOrder {
    return aHipayOrder({ target: this.target(), ...changes });
  }

  /** Starts a server on a free port, and ends it after the test. */
  async serve(server: net.Server): Promise<number> {
    const sockets = new Set<net.Socket>();
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.afterwards(async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    });
    return (server.address() as AddressInfo).port;
  }
}
