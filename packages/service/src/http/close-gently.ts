import type { Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/**
 * How a server is closed. Node's own close() leaves open a connection that never asked anything (browsers open some ahead),
 * and one that is answered while it closes: each would keep the program alive for minutes. And it destroys one whose answer
 * was ended and is still on its way (closeIdleConnections takes it for idle): a till may lose its result so, or counts as not told.
 */
export function closeGently(server: Server): () => Promise<void> {
  const running = new Map<Socket, number>();
  let closing = false;
  const endIfIdle = (socket: Socket): void => {
    if (closing && running.get(socket) === 0) socket.destroySoon();
  };
  server.on('connection', (socket) => {
    running.set(socket, 0);
    socket.once('close', () => running.delete(socket));
  });
  server.prependListener('request', ({ socket }, response) => {
    running.set(socket, (running.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const others = (running.get(socket) ?? 1) - 1;
      if (running.has(socket)) running.set(socket, others);
      endIfIdle(socket);
    });
  });
  return () =>
    new Promise((resolve) => {
      closing = true;
      NetServer.prototype.close.call(server, () => resolve());
      for (const socket of running.keys()) endIfIdle(socket);
    });
}
