import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { http } from '../node-http.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { closeGently } from './close-gently.ts';
import { httpLimits } from './http-limits.ts';

export interface Listening {
  port: number;
  /** Ends connections that are idle at once, and the others once they have been answered. */
  close(): Promise<void>;
}

/**
 * Serves the two loopback addresses, since `localhost` is one or the other. Port 0 takes any that is free.
 * Rejects with an OperatingError where the port is not to be had.
 */
export async function listen(app: RequestListener, port: number): Promise<Listening> {
  const first = makeServer(app);
  await bind(first.server, '127.0.0.1', port);
  const taken = (first.server.address() as AddressInfo).port;
  const second = makeServer(app);
  try {
    if (!(await bind(second.server, '::1', taken))) return { port: taken, close: first.close };
  } catch (error) {
    await first.close();
    throw error;
  }
  const close = async (): Promise<void> => {
    await Promise.all([first.close(), second.close()]);
  };
  return { port: taken, close };
}

function makeServer(app: RequestListener): { server: Server; close(): Promise<void> } {
  const server = http.createServer(
    {
      keepAliveTimeout: httpLimits.keepAliveMs,
      headersTimeout: httpLimits.headersMs,
      requestTimeout: httpLimits.requestMs,
      connectionsCheckingInterval: httpLimits.checkConnectionsMs,
      // The app itself says what is wrong with a request that has none.
      requireHostHeader: false,
    },
    app,
  );
  server.maxConnections = httpLimits.connections;
  server.on('clientError', answerBrokenRequest);
  return { server, close: closeGently(server) };
}

/** False where this machine does not have the address. */
function bind(server: Server, address: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException): void => {
      if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'EAFNOSUPPORT') resolve(false);
      else reject(new OperatingError('1000', whyNot(cause, address, port), { cause }));
    };
    server.once('error', failed);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', failed);
      // One connection could not be accepted (no file handle was free, say). The next one may be.
      server.on('error', () => {});
      resolve(true);
    });
  });
}

function whyNot(cause: NodeJS.ErrnoException, address: string, port: number): string {
  const remedy = 'or write another local_port into config.yml (and into the till)';
  if (cause.code === 'EADDRINUSE') {
    return `Port ${port} on ${address} is in use by another program, perhaps another tp-manager: stop that program, ${remedy}.`;
  }
  if (cause.code === 'EACCES') {
    return `The system does not let this program use port ${port} on ${address}: ports below 1024 need special rights; grant them, ${remedy}.`;
  }
  return `Port ${port} on ${address} cannot be opened (${cause.message}): mend that, ${remedy}.`;
}
