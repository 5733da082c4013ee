import { existsSync } from 'node:fs';
import { JournalCore } from './journal-core.ts';
import { damaged, isDamage, journalProblem } from './journal-problem.ts';
import { logDamage } from './log-damage.ts';
import { readThrough } from './read-through.ts';
import { SqliteStore } from './sqlite-store.ts';
import { visit } from './visiting.ts';
import type { JournalThreadStart } from './worker-protocol.ts';

/** Opens the journal in this very thread; throws an error that people can read where it cannot be worked with. */
export function openCore({ file, role }: JournalThreadStart): JournalCore {
  try {
    if (role === 'writer' && existsSync(file)) inspect(file);
    return new JournalCore(new SqliteStore(file, role), Date.now);
  } catch (error) {
    throw journalProblem(error, file);
  }
}

/**
 * Throws where the journal is damaged in what recovery reads (rule 19). It is only looked at: whoever opens it to write
 * moves its log into it, and writes over what could have been mended.
 */
function inspect(file: string): void {
  const missing = logDamage(file);
  if (missing !== undefined) throw damaged(file, missing);
  try {
    visitStart(file);
  } catch (found) {
    if (!isDamage(found)) throw found;
    // It may be the disk that did not let it be read: that is said as such, and what has passed is no damage.
    readThrough(file);
    visitStart(file);
  }
}

function visitStart(file: string): void {
  const { store, end } = visit(file);
  try {
    new JournalCore(store, Date.now).verifyStart();
  } finally {
    end();
  }
}
