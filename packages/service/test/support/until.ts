import { setTimeout } from 'node:timers/promises';

/** The processor is left to what is waited for: soon again at first, then less often. */
const LOOK_AGAIN_MS = { first: 2, most: 20, factor: 1.5 };

/** Looks again and again until something that the machine brings about is so; jest's time-out bounds it. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let ms = LOOK_AGAIN_MS.first; !(await isSo()); ms = Math.min(ms * LOOK_AGAIN_MS.factor, LOOK_AGAIN_MS.most)) {
    await setTimeout(ms);
  }
}
