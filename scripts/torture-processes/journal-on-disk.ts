import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { JournalCore } from '../../packages/service/src/journal/journal-core.ts';
import { factsOf } from '../../packages/service/src/journal/read-payment.ts';
import { SqliteStore } from '../../packages/service/src/journal/sqlite-store.ts';
import type { Fact, Orphan } from '../../packages/service/src/payments/fact.ts';

export interface JournalOnDisk {
  facts: Fact[];
  orphans: Orphan[];
  /** Sentences. */
  damage: string[];
}

/** Reads a journal that nobody has open, and leaves it as it is: opening it would already mend it. */
export function readJournalOnDisk(dataFolder: string, scratchFolder: string): JournalOnDisk {
  const file = join(scratchFolder, 'journal.db');
  rmSync(scratchFolder, { recursive: true, force: true });
  mkdirSync(scratchFolder);
  for (const name of readdirSync(dataFolder)) {
    if (name === 'journal.db' || name === 'journal.db-wal') cpSync(join(dataFolder, name), join(scratchFolder, name));
  }
  if (!existsSync(file)) return { facts: [], orphans: [], damage: [] };
  const store = new SqliteStore(file, 'reader');
  try {
    const core = new JournalCore(store, () => 0);
    const facts = store.paymentIdsAfter('', 1_000).flatMap((paymentId) => factsOf(store, paymentId));
    const damage = core.verifySome('').found.map(({ sentence }) => sentence);
    return { facts, orphans: core.orphans({ limit: 50 }), damage };
  } finally {
    store.close();
  }
}
