import { Worker } from 'node:worker_threads';
import { KEPT_HANDLES } from './kept-handles.ts';

/**
 * Begins a thread of the journal, which opens nothing until it is told what (JournalThreadStart). In the executable there is no file to
 * start it from: it brings another one of this (scripts/package).
 */
export function startJournalWorker(): Worker {
  return new Worker(new URL('./journal-worker.ts', import.meta.url), KEPT_HANDLES);
}
