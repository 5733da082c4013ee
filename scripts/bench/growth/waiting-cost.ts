import { pause } from '@hipay-ecr/shared/clock.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { gatewayUrl, Rig } from '../rig.ts';
import { alternate, type Compared } from './alternate.ts';
import { makeFolder, removeFolder } from './data-folder.ts';
import { madeUpWaiting } from './made-up-payments.ts';
import { ownCostMs } from './own-cost.ts';

const WAITING = 1_000;
/** A till does not ask for the next payment in the very moment in which it was told of the last one. */
const MOST_PAUSE_MS = 100;

/** A payment while so many registrations wait, against one while none does; HiPay is the same for both. */
export async function waitingCost(times: number, hipay: 'away' | 'slow'): Promise<Compared> {
  const rigs: Rig[] = [];
  const folders: string[] = [];
  const rigWith = async (waiting: number): Promise<Rig> => {
    const port = await freePort();
    const folder = await makeFolder(madeUpWaiting(waiting, gatewayUrl(port)));
    folders.push(folder);
    const rig = await Rig.start({ folder, hipay: { port, isAway: hipay === 'away' } });
    rigs.push(rig);
    if (hipay === 'slow') await rig.gatewayFails({ kind: 'delay', delayMs: 200 });
    return rig;
  };
  try {
    const [none, many] = [await rigWith(0), await rigWith(WAITING)];
    const pay = async (rig: Rig, n: number): Promise<number> => {
      await pause(realClock, Math.random() * MOST_PAUSE_MS);
      return ownCostMs(rig, 1 + (n % 90), `waiting-${n}`);
    };
    return await alternate(
      times,
      (n) => pay(none, n),
      (n) => pay(many, n),
    );
  } finally {
    for (const rig of rigs) await rig.stop();
    for (const folder of folders) await removeFolder(folder);
  }
}
