import { connect } from 'node:net';
import type { Line, LineListener } from '@hipay-ecr/shared/concert/line.ts';
import { terminalLimits } from './terminal-limits.ts';

/** Connects to a terminal behind a serial device server (or to a simulated one). Rejects with a sentence for people. */
export async function openTcpLine(
  host: string,
  port: number,
  listener: LineListener,
  connectMs: number = terminalLimits.connectMs,
): Promise<Line> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true });
  socket.setKeepAlive(true, terminalLimits.tcpKeepAliveMs);
  let over = false;
  const end = (reason?: string) => {
    if (over) return;
    over = true;
    socket.destroy();
    if (reason !== undefined) listener.closed(reason);
  };
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      socket.destroy();
      reject(new Error(`the connection to ${host}:${port} failed (${why}): is the device on, and its address right?`));
    };
    socket.setTimeout(connectMs, () => fail(`no answer within ${connectMs} ms`));
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.once('connect', resolve);
  });
  socket.setTimeout(0);
  socket.removeAllListeners('error');
  socket.on('error', (error) => end(error.message));
  socket.on('close', () => end('the connection was closed'));
  socket.on('data', (bytes: Uint8Array) => {
    if (!over) listener.bytes(bytes);
  });

  return {
    write(bytes, handedOver) {
      if (over) return;
      socket.write(bytes, (error) => {
        if (!error && !over) handedOver?.();
      });
    },
    close: () => end(),
  };
}
