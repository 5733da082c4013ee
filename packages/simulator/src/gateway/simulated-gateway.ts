import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import express, { type ErrorRequestHandler } from 'express';
import { controlRoutes } from './control-routes.ts';
import { GatewayFaults } from './gateway-faults.ts';
import type { GatewayWorld } from './gateway-world.ts';
import { type BookedOrder, OrderBook } from './order-book.ts';
import { orderRoutes } from './order-routes.ts';
import { setupRoute } from './setup-route.ts';

export interface SimulatedGatewayOptions {
  /** 0: any free one. */
  port: number;
  host?: string;
  clock: Clock;
  log?: (line: string) => void;
  credentials?: GatewayWorld['credentials'];
  hashKey?: string | undefined;
  setup?: GatewayWorld['setup'];
}

export interface SimulatedGateway {
  /** For `hipay_gateway_url`: ends in `/rest/`. */
  url: string;
  /** For `hipay_api_url`: ends in `/`. */
  apiUrl: string;
  orders(): readonly BookedOrder[];
  faults: GatewayFaults;
  close(): Promise<void>;
}

/** A stand-in for HiPay's order interface and ECR interface, for developers of point-of-sale software, demonstrations and tests. */
export async function startSimulatedGateway(options: SimulatedGatewayOptions): Promise<SimulatedGateway> {
  const { port, host = '127.0.0.1', clock, credentials, hashKey, log = () => {}, setup = () => undefined } = options;
  const book = new OrderBook();
  const faults = new GatewayFaults(clock);
  const world: GatewayWorld = { book, faults, clock, log, credentials, hashKey, setup };
  const app = express().disable('x-powered-by');
  app.use('/rest/v1', orderRoutes(world));
  app.use(setupRoute(world));
  app.use('/simulator', controlRoutes(world));
  app.use(
    (_request, response) => void response.status(404).json({ message: 'The simulated gateway has no such path.' }),
  );
  app.use(answerUnreadable);
  const server = createServer(app);
  server.on('connection', (socket) => {
    if (faults.take('refuse_connection')) socket.destroy();
  });
  server.listen(port, host);
  await once(server, 'listening');
  const { port: boundPort } = server.address() as AddressInfo;
  const apiUrl = `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}/`;
  log(`simulated gateway listens on ${apiUrl}rest/`);
  return {
    url: `${apiUrl}rest/`,
    apiUrl,
    orders: () => book.all(),
    faults,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A body that is too long or cannot be read (body-parser's errors carry their HTTP status). */
const answerUnreadable: ErrorRequestHandler = (error, _request, response, _next) => {
  const status = Number.isInteger(error.status) ? error.status : 500;
  response.status(status).json({ message: String(error.message) });
};
