import { setTimeout as pause } from 'node:timers/promises';

/** Waits for something that other processes bring about; jest's time-out bounds it. They need the machine meanwhile. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(20);
}
