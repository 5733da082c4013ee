import { once } from 'node:events';
import { connect } from 'node:net';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { openPtyPort } from '../../packages/simulator/src/lines/pty-port.ts';

/** Belongs to no control and no frame: the link notes it and goes on. */
const STRAY = 0x00;

/**
 * A cable from a terminal on a TCP port to a pseudo-terminal, for Wine. Its serial ports hand over a byte that comes alone only with
 * the next one: a ReadFile that is to give what is there at once (ReadIntervalTimeout MAXDWORD, the totals 0) waits where nothing is
 * there, which Windows' does not, and serialport asks so after each first byte. So a stray byte goes after each that is alone.
 */
export async function layCable(terminal: string, link: string): Promise<{ pull(): Promise<void> }> {
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
  socket.on('data', (bytes) => line?.write(bytes.length === 1 ? Buffer.of(bytes[0] ?? STRAY, STRAY) : bytes));
  return {
    async pull() {
      socket.destroy();
      await pty.close();
    },
  };
}
