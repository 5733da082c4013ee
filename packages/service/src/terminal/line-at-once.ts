import { readSync, writeSync } from 'node:fs';
import { DarwinPortBinding, LinuxPortBinding } from '@serialport/bindings-cpp';
import { unixRead } from '@serialport/bindings-cpp/dist/unix-read.js';

/**
 * bindings-cpp reads and writes in libuv's pool of threads: each byte costs two changes of thread, and waits while look-ups
 * of host names, which hang without a network, occupy the pool. Its descriptor does not block, so both can be done at once.
 */
type UnixPort = LinuxPortBinding | DarwinPortBinding;
type Read = NonNullable<Parameters<typeof unixRead>[0]['fsReadAsync']>;

/** Makes the port read in this thread. Where the system has no such descriptor (Windows), it stays as it is. */
export function readAtOnce(port: unknown): void {
  if (!isUnix(port)) return;
  const fsReadAsync = oncePerTurn(port) as Read;
  port.read = (buffer, offset, length) => unixRead({ binding: port, buffer, offset, length, fsReadAsync });
}

/** How many of the bytes the system has taken now; whoever wants the others gone, or to know of an error, lets the port write. */
export function writeAtOnce(port: unknown, bytes: Uint8Array): number {
  if (!isUnix(port) || port.fd === null) return 0;
  try {
    return writeSync(port.fd, bytes);
  } catch {
    return 0;
  }
}

/**
 * Reads once in a turn of the event loop, so that a device that never falls silent leaves time for all else.
 *
 * It makes a hang-up that comes while bytes are there to be read end the port. Without that bindings-cpp takes "0 bytes" for
 * "nothing yet" and reads again at once, for ever, at the full speed of a core (node-serialport/bindings-cpp issue 162).
 * The port is opened with vmin 1, where 0 bytes can only mean the end of the file.
 */
function oncePerTurn(port: UnixPort) {
  let turn: Promise<void> | undefined;
  return async (fd: number, buffer: Buffer, offset: number, length: number): Promise<{ bytesRead: number }> => {
    await turn;
    // Closed meanwhile: by now its number may be that of the port opened anew, or of a till's connection.
    if (port.fd !== fd) throw Object.assign(new Error('the port was closed'), { code: 'EBADF' });
    const bytesRead = readSync(fd, buffer, offset, length, null);
    turn = new Promise((resolve) => setImmediate(resolve));
    // ENXIO is what bindings-cpp itself takes for "unplugged".
    if (bytesRead === 0) throw Object.assign(new Error('the device hung up'), { code: 'ENXIO' });
    return { bytesRead };
  };
}

function isUnix(port: unknown): port is UnixPort {
  return port instanceof LinuxPortBinding || port instanceof DarwinPortBinding;
}
