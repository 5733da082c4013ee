import { read } from 'node:fs';
import { promisify } from 'node:util';
import { DarwinPortBinding, LinuxPortBinding } from '@serialport/bindings-cpp';
import { unixRead } from '@serialport/bindings-cpp/dist/unix-read.js';

const readAsync = promisify(read);

/**
 * Makes a hang-up that comes while a read is in flight end the port. Without it bindings-cpp takes "0 bytes" for "nothing
 * yet" and reads again at once, for ever, at the full speed of a core (node-serialport/bindings-cpp issue 162). The port is
 * opened with vmin 1, where 0 bytes can only mean the end of the file.
 */
export function guardAgainstHangUp(port: unknown): void {
  if (!(port instanceof LinuxPortBinding || port instanceof DarwinPortBinding)) return;
  port.read = (buffer, offset, length) =>
    unixRead({ binding: port, buffer, offset, length, fsReadAsync: readOrHangUp as typeof readAsync });
}

async function readOrHangUp(...args: Parameters<typeof readAsync>): Promise<Awaited<ReturnType<typeof readAsync>>> {
  const result = await readAsync(...args);
  // ENXIO is what bindings-cpp itself takes for "unplugged".
  if (result.bytesRead === 0) throw Object.assign(new Error('the device hung up'), { code: 'ENXIO' });
  return result;
}
