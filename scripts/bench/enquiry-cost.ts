import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { openPtyPort } from '@hipay-ecr/simulator/lines/pty-port.ts';
import { median, quantile } from './figures.ts';
import { Rig } from './rig.ts';

const [ENQ, ACK, EOT] = [0x05, 0x06, 0x04];

export interface EnquiryCost {
  medianMs: number;
  p99Ms: number;
  worstMs: number;
}

/** ENQ to ACK, as a terminal sees it: sessions opened and closed, one after the other. */
export async function enquiryCost(enquiries: number): Promise<EnquiryCost> {
  let heard: (byte: number) => void = () => {};
  let line: Line | undefined;
  const port = await openPtyPort(
    {},
    {
      opened(opened) {
        line = opened;
      },
      bytes(bytes) {
        for (const byte of bytes) heard(byte);
      },
      closed() {},
    },
  );
  const rig = await Rig.start({ serialPort: port.path });
  try {
    const took: number[] = [];
    for (let n = 0; n < enquiries; n++) {
      const startMs = performance.now();
      await new Promise<void>((resolve) => {
        heard = (byte) => {
          if (byte === ACK) resolve();
        };
        line?.write(Uint8Array.of(ENQ));
      });
      took.push(performance.now() - startMs);
      line?.write(Uint8Array.of(EOT));
    }
    return { medianMs: median(took), p99Ms: quantile(took, 0.99), worstMs: Math.max(...took) };
  } finally {
    await rig.stop();
    await port.close();
  }
}
