import { once } from 'node:events';
import { connect } from 'node:net';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { openPtyPort } from '../../packages/simulator/src/lines/pty-port.ts';

export interface Cable {
  pull(): Promise<void>;
}

/** A cable from a terminal on a TCP port to a pseudo-terminal: it can be pulled while the terminal goes on. `carry` may change what the terminal says. */
export async function layCable(
  terminal: string,
  link: string,
  carry: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes,
): Promise<Cable> {
  const { hostname, port } = new URL(terminal);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  let line: Line | undefined;
  const pty = await openPtyPort(
    { link },
    {
      opened: (opened) => {
        line = opened;
      },
      bytes: (bytes) => socket.write(bytes),
      closed: () => socket.destroy(),
    },
  );
  socket.on('data', (bytes) => line?.write(carry(bytes)));
  return {
    async pull() {
      socket.destroy();
      await pty.close();
    },
  };
}
