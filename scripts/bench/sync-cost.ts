import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './figures.ts';

/** What a commit of a payment's facts adds to the journal's log, on average: nine pages and their headers (counted by strace). */
const COMMIT_BYTES = 9 * (4_096 + 24);

/** How long this disk takes to have a commit's bytes for good, without any journal: a write and its fsync. In ms, the median. */
export async function syncCost(syncs: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-sync-'));
  const file = openSync(join(folder, 'log'), 'w');
  try {
    const bytes = new Uint8Array(COMMIT_BYTES);
    const took: number[] = [];
    for (let n = 0; n < syncs; n++) {
      const startMs = performance.now();
      writeSync(file, bytes);
      fsyncSync(file);
      took.push(performance.now() - startMs);
    }
    return median(took);
  } finally {
    closeSync(file);
    await rm(folder, { recursive: true });
  }
}
