import { Rig } from '../rig.ts';
import { alternate, type Compared } from './alternate.ts';

/** From the spawn of the process to its first answer, over two journals in turns. */
export async function startCost(times: number, folders: { empty: string; grown: string }): Promise<Compared> {
  const empty = await Rig.start({ folder: folders.empty });
  const grown = await Rig.start({ folder: folders.grown });
  const restart = async (rig: Rig): Promise<number> => {
    const tookMs = await rig.startService();
    await rig.endService('SIGTERM');
    return tookMs;
  };
  try {
    for (const rig of [empty, grown]) await rig.endService('SIGTERM');
    return await alternate(
      times,
      () => restart(empty),
      () => restart(grown),
    );
  } finally {
    await empty.stop();
    await grown.stop();
  }
}

/** From a SIGKILL in the middle of a payment to the first answer of the next process, `times` times, in ms. */
export async function killCost(times: number, folder: string): Promise<number[]> {
  const rig = await Rig.start({ folder });
  try {
    const tookMs: number[] = [];
    for (let n = 0; n < times; n++) {
      for (let paid = 0; paid < 20; paid++) await rig.pay(12.5, `killed-${n}-${paid}`);
      const cutOff = rig.pay(12.5, `killed-${n}`).catch(() => undefined);
      await rig.hears(new RegExp(`A till asks for .*orderId=killed-${n}\\b(?!-)`));
      const startMs = performance.now();
      await rig.endService('SIGKILL');
      await cutOff;
      await rig.startService();
      tookMs.push(performance.now() - startMs);
      // The same order waits for the terminal's answer to the process before; another one would be told that it is busy.
      await rig.pay(12.5, `killed-${n}`);
    }
    return tookMs;
  } finally {
    await rig.stop();
  }
}
