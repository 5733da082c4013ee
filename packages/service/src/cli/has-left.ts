import type { Holder } from '../journal/already-running.ts';
import { isWorkedOn, whoHolds } from '../journal/data-folder-lock.ts';

/**
 * Whether a service has left its data folder, as nobody has it, or another one by now. It has the folder for longer than its
 * port, and until then no other can start.
 */
export function hasLeft(dataFolder: string, service: Holder): boolean {
  return isAnothers(dataFolder, service) || !isWorkedOn(dataFolder);
}

/** Whether a launch, say, has started another one since. Only who has the folder says that he has it. */
export function isAnothers(dataFolder: string, service: Holder): boolean {
  const holder = whoHolds(dataFolder);
  return holder !== undefined && holder.pid !== service.pid;
}
