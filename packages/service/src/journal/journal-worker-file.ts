/** The program of the journal's threads. The packed program brings it as another file. */
export const journalWorkerFile = new URL('./journal-worker.ts', import.meta.url);
