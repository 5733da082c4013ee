import type { Store } from './store.ts';
import { readFact, readOrphan } from './stored-fact.ts';

/** Where the journal stands: what comes next is later than all of this. */
export interface Newest {
  factSeq: number;
  orphanSeq: number;
  atMs: number;
}

/** As the store has it; throws where what it has last is damaged. */
export function newestOf(store: Store): Newest {
  const fact = store.newestFact();
  const orphan = store.newestOrphan();
  if (fact !== undefined) readFact(fact, store.name);
  if (orphan !== undefined) readOrphan({ orphan }, store.name);
  const atMs = Math.max(fact?.atMs ?? 0, orphan?.atMs ?? 0);
  return { factSeq: fact?.seq ?? 0, orphanSeq: orphan?.seq ?? 0, atMs };
}
