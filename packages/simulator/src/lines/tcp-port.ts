import { createServer, type Server, type Socket } from 'node:net';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import type { PortListener, TerminalPort } from './terminal-port.ts';

const HOST = '127.0.0.1';

/** A terminal's port on TCP, as a serial device server offers it: one register at a time. Port 0 takes any free one. */
export async function openTcpPort(port: number, listener: PortListener): Promise<TerminalPort> {
  let register: Socket | undefined;

  const hangUp = (reason?: string) => {
    const socket = register;
    register = undefined;
    socket?.destroy();
    if (socket !== undefined && reason !== undefined) listener.closed(reason);
  };

  const welcome = (socket: Socket) => {
    socket.on('error', () => {});
    if (register !== undefined) {
      socket.destroy();
      return;
    }
    register = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes: Uint8Array) => {
      if (register === socket) listener.bytes(bytes);
    });
    socket.on('close', () => {
      if (register === socket) hangUp('the register has closed the connection');
    });
    listener.opened(lineOf(socket));
  };

  let server: Server | undefined = await listen(port, welcome);
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;

  let pluggingIn: Promise<void> | undefined;
  const plugIn = async () => {
    server = await listen(boundPort, welcome);
  };
  const unplug = (reason?: string) => {
    server?.close();
    server = undefined;
    hangUp(reason);
  };

  return {
    path: `tcp://${HOST}:${boundPort}`,
    unplug: () => unplug('the cable was pulled'),
    async replug() {
      if (server !== undefined) return;
      pluggingIn ??= plugIn().finally(() => {
        pluggingIn = undefined;
      });
      await pluggingIn;
    },
    async close() {
      // Else the port would be served after all.
      await pluggingIn?.catch(() => {});
      unplug();
    },
  };
}

function listen(port: number, welcome: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(welcome);
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${port} of ${HOST} is taken by another program: choose another one with --tcp`)
          : error,
      ),
    );
    server.listen(port, HOST, () => resolve(server));
  });
}

function lineOf(socket: Socket): Line {
  return {
    write(bytes, handedOver) {
      socket.write(bytes, (error) => {
        if (!error) handedOver?.();
      });
    },
    close: () => socket.destroy(),
  };
}
