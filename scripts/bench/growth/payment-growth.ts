import { pause } from '@hipay-ecr/shared/clock.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { Rig } from '../rig.ts';
import { alternate, type Compared } from './alternate.ts';
import { ownCostMs } from './own-cost.ts';

/** A till asks at any moment of what goes on in the background. */
const MOST_PAUSE_MS = 30;

/**
 * A payment with no line speed, HiPay's share apart, over two journals in turns, each with a number that was never there
 * before, or, as a till does that numbers from 1 each day, with one of every day before. The big journal is being read
 * through all the while, as after every start.
 */
export async function paymentGrowth(
  times: number,
  folders: { empty: string; grown: string },
  numbered: 'anew' | 'as ever',
): Promise<Compared> {
  const orderId = (n: number): string => (numbered === 'anew' ? `anew-${n}` : String(n + 1));
  const empty = await Rig.start({ folder: folders.empty });
  const grown = await Rig.start({ folder: folders.grown });
  const pay = async (rig: Rig, n: number, other: Rig): Promise<number> => {
    other.pauseService();
    await pause(realClock, Math.random() * MOST_PAUSE_MS);
    try {
      return await ownCostMs(rig, 1 + (n % 90), orderId(n));
    } finally {
      other.resumeService();
    }
  };
  try {
    return await alternate(
      times,
      (n) => pay(empty, n, grown),
      (n) => pay(grown, n, empty),
    );
  } finally {
    await empty.stop();
    await grown.stop();
  }
}
