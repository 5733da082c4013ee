import { parentPort, workerData } from 'node:worker_threads';
import { torture } from './torture.ts';
import type { InvariantName } from './violation.ts';

/** What a worker is given: its seeds, and which invariants count. */
export interface Share {
  seed: number;
  runs: number;
  only: InvariantName[] | undefined;
}

const { seed, runs, only } = workerData as Share;
parentPort?.postMessage(await torture(seed, runs, only === undefined ? {} : { only }));
