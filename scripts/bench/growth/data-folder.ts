import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fact } from '../../../packages/service/src/payments/fact.ts';
import { fillJournal } from './fill-journal.ts';

/** A data folder whose journal holds these payments. */
export async function makeFolder(payments: Iterable<Fact[]>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  fillJournal(folder, payments);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
