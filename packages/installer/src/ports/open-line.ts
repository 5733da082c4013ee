import { connect } from 'node:net';
import type { Line, LineListener } from '@hipay-ecr/shared/concert/line.ts';
import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';
import { portLimits } from './port-limits.ts';
import { serialport } from './serialport.ts';

/** A line that is not cut off while bytes are still to go out: the last one, EOT, ends the conversation. */
export interface EndableLine extends Line {
  /** Resolves once it is closed. */
  end(): Promise<void>;
}

/** Opens a serial port, raw and for this program alone. Rejects with serialport's own error. */
export async function openSerial(path: string, settings: LineSettings, listener: LineListener): Promise<EndableLine> {
  const { SerialPort } = await serialport();
  const port = new SerialPort({ path, ...settings, lock: true, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  port.on('error', (error) => listener.closed(error.message));
  port.on('close', () => listener.closed('the port was closed'));
  port.on('data', (bytes: Uint8Array) => listener.bytes(bytes));
  // Some terminals listen only while DTR and RTS stand (a Verifone driver says so); a pseudo-terminal has neither.
  port.set({ dtr: true, rts: true }, () => {});
  let written = Promise.resolve();
  const close = () => {
    port.removeAllListeners('close');
    return new Promise<void>((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve()));
  };
  return {
    write(bytes, handedOver) {
      written = new Promise((resolve) => {
        port.write(bytes, (error) => {
          if (!error) handedOver?.();
          resolve();
        });
      });
    },
    close: () => void close(),
    end: () => written.then(close),
  };
}

/** Connects to a terminal behind a serial device server. */
export async function openTcp(host: string, port: number, listener: LineListener): Promise<EndableLine> {
  const socket = connect({ host, port, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => {
      socket.destroy();
      reject(new Error(why));
    };
    socket.setTimeout(portLimits.connectMs, () => fail(`no answer within ${portLimits.connectMs} ms`));
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.once('connect', resolve);
  });
  socket.setTimeout(0);
  socket.removeAllListeners('error');
  socket.on('error', (error) => listener.closed(error.message));
  socket.on('close', () => listener.closed('the connection was closed'));
  socket.on('data', (bytes: Uint8Array) => listener.bytes(bytes));
  return {
    write(bytes, handedOver) {
      socket.write(bytes, (error) => {
        if (!error) handedOver?.();
      });
    },
    close() {
      socket.removeAllListeners('close');
      socket.destroy();
    },
    end: () =>
      new Promise((resolve) => {
        socket.removeAllListeners('close');
        if (socket.destroyed) return resolve();
        socket.once('close', () => resolve());
        // The other side may never close its half.
        socket.end(() => socket.destroy());
      }),
  };
}
