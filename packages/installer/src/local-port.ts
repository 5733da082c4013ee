import { createServer } from 'node:net';

export type PortState = 'free' | 'in_use' | 'forbidden';

/** Whether the service could listen on this port: on 127.0.0.1, and on ::1 where the machine has it. */
export async function localPortState(port: number): Promise<PortState> {
  const first = await tryToListen(port, '127.0.0.1');
  if (first !== 'free') return first;
  const second = await tryToListen(port, '::1');
  return second === 'in_use' ? 'in_use' : 'free';
}

function tryToListen(port: number, host: string): Promise<PortState> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code === 'EADDRINUSE' ? 'in_use' : code === 'EACCES' ? 'forbidden' : 'free');
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')));
  });
}
