import { Worker } from 'node:worker_threads';
import type { JournalThreadStart } from './worker-protocol.ts';

/** Starts a thread of the journal. In the executable there is no file to start it from: it brings another one of this (scripts/package). */
export function startJournalWorker(start: JournalThreadStart): Worker {
  return new Worker(new URL('./journal-worker.ts', import.meta.url), { workerData: start });
}
