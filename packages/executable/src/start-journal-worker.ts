import { getAsset } from 'node:sea';
import { Worker } from 'node:worker_threads';
import type { JournalThreadStart } from '../../service/src/journal/worker-protocol.ts';
import { ASSETS } from './asset-names.ts';

/** Stands for the service's own in the executable: the thread's program comes from within it. */
export function startJournalWorker(start: JournalThreadStart): Worker {
  return new Worker(getAsset(ASSETS.journalWorker, 'utf8'), { eval: true, workerData: start });
}
