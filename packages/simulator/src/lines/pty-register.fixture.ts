import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** The register's end, as any program opens it: without setting anything on the line. */
export function openRegister(path: string) {
  const fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const reader = new ReadStream(fd);
  const heard: number[] = [];
  let told: () => void = () => {};
  reader.on('data', (bytes: Uint8Array) => {
    heard.push(...bytes);
    told();
  });
  const gone = new Promise<void>((resolve) => {
    reader.on('error', () => resolve());
    reader.on('end', resolve);
  });
  return {
    heard,
    gone,
    write: (bytes: Uint8Array) => writeSync(fd, bytes),
    async until(count: number) {
      while (heard.length < count) {
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      }
    },
    close() {
      reader.destroy();
      // The reader has opened the device once more for itself.
      closeSync(fd);
    },
  };
}
