import { setImmediate } from 'node:timers/promises';

/** Lets the event loop turn until something that the machine brings about is so; jest's time-out bounds it. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setImmediate();
}
