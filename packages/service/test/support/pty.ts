import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { openPtyPort } from '@hipay-ecr/simulator/lines/pty-port.ts';

/** A pseudo-terminal whose far side the test holds. */
export interface Pty {
  /** What the program under test opens. */
  path: string;
  write(bytes: Uint8Array): void;
  /** Everything written to `path` so far. */
  received(): number[];
  /** As if the cable were pulled; harmless when it is out already. */
  hangUp(): void;
}

export async function openPty(): Promise<Pty> {
  const bytesIn: number[] = [];
  let far: Line | undefined;
  const port = await openPtyPort(
    {},
    {
      opened(line) {
        far = line;
      },
      bytes: (bytes) => bytesIn.push(...bytes),
      closed() {},
    },
  );
  return {
    path: port.path,
    write: (bytes) => far?.write(bytes),
    received: () => bytesIn,
    hangUp: () => void port.close(),
  };
}
