import { setTimeout } from 'node:timers/promises';

/** The processor is left to what is waited for. */
const LOOK_AGAIN_MS = 2;

/** Looks again and again until something that the machine brings about is so; jest's time-out bounds it. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await setTimeout(LOOK_AGAIN_MS);
}
