/**
 * How each thread of the journal is begun. By default Node closes what a thread has opened once the thread ends (`trackUnmanagedFds`,
 * https://nodejs.org/api/worker_threads.html); closing any handle of the journal would give away the locks of the others (readThrough).
 */
export const KEPT_HANDLES = { trackUnmanagedFds: false } as const;
