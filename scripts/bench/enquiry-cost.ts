import { EnquiringTerminal } from './enquiring-terminal.ts';
import { median, quantile } from './figures.ts';
import { Rig } from './rig.ts';

export interface EnquiryCost {
  medianMs: number;
  p99Ms: number;
  worstMs: number;
}

/** ENQ to ACK, as a terminal sees it: sessions opened and closed, one after the other. */
export async function enquiryCost(enquiries: number): Promise<EnquiryCost> {
  const terminal = await EnquiringTerminal.open();
  const rig = await Rig.start({ serialPort: terminal.path });
  try {
    const took: number[] = [];
    for (let n = 0; n < enquiries; n++) took.push(await terminal.enquire());
    return enquiryCostOf(took);
  } finally {
    await rig.stop();
    await terminal.close();
  }
}

export function enquiryCostOf(tookMs: readonly number[]): EnquiryCost {
  return { medianMs: median(tookMs), p99Ms: quantile(tookMs, 0.99), worstMs: Math.max(...tookMs) };
}
