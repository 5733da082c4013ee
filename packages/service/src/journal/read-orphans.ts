import type { Orphan } from '../payments/fact.ts';
import type { OrphanFilter } from '../payments/ports.ts';
import type { Store } from './store.ts';
import { bytesKey, readFact, readOrphan } from './stored-fact.ts';

/** The orphans that a filter asks for, each with the word on it, each verified. */
export function orphansOf(store: Store, filter: OrphanFilter): Orphan[] {
  const { fromMs = 0, toMs = Number.MAX_SAFE_INTEGER, onlyOpen = false, limit, skip = 0 } = filter;
  return store.orphans({ fromMs, toMs, onlyOpen, limit, skip }).map((record) => readOrphan(record, store.name));
}

/** Whether an orphan or a payment has kept exactly these bytes since then. */
export function areBytesKept(store: Store, bytesMasked: string, sinceMs: number): boolean {
  const key = bytesKey(bytesMasked);
  const orphans = store.orphansWith(key, sinceMs).map((orphan) => readOrphan({ orphan }, store.name));
  const answers = store.answersWith(key, sinceMs).map((stored) => readFact(stored, store.name));
  return [...orphans, ...answers].some((kept) => 'bytesMasked' in kept && kept.bytesMasked === bytesMasked);
}
