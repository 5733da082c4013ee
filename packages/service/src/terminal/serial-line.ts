import type { Line, LineListener } from '@hipay-ecr/shared/concert/line.ts';
import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';
import { SerialPort } from 'serialport';
import { readAtOnce, writeAtOnce } from './line-at-once.ts';

/** Opens a serial port, raw and for this program alone. Rejects with serialport's own error. */
export async function openSerialLine(path: string, settings: LineSettings, listener: LineListener): Promise<Line> {
  const port = new SerialPort({
    path,
    ...settings,
    lock: true,
    // A checksum may look like XON or XOFF, so the line is raw; and no public source wires RTS/CTS.
    rtscts: false,
    xon: false,
    xoff: false,
    xany: false,
    autoOpen: false,
  });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  readAtOnce(port.port);

  let over = false;
  const end = (reason?: string) => {
    if (over) return;
    over = true;
    if (reason !== undefined) listener.closed(reason);
    // After an 'error' the port may still be open, and would keep others out.
    if (port.isOpen) port.close(() => {});
  };
  // While bytes travel, one unplugging brings 'error' and two 'close': what comes first ends the line.
  port.on('error', (error) => end(error.message));
  port.on('close', (error: Error | null) => end(error?.message ?? 'the port was closed'));
  port.on('data', (bytes: Uint8Array) => {
    if (!over) listener.bytes(bytes);
  });
  // Some terminals listen only while DTR and RTS stand (a Verifone driver says so); a pseudo-terminal has neither.
  port.set({ dtr: true, rts: true }, () => {});

  return {
    write(bytes, handedOver) {
      if (over) return;
      const told = () => {
        if (!over) handedOver?.();
      };
      const taken = port.writableLength > 0 ? 0 : writeAtOnce(port.port, bytes);
      // Not in the caller's own stack, yet before any answer can be read.
      if (taken === bytes.length) queueMicrotask(told);
      else port.write(bytes.subarray(taken), (error) => error ?? told());
    },
    close: () => end(),
  };
}
