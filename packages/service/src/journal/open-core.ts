import { existsSync } from 'node:fs';
import { JournalCore } from './journal-core.ts';
import { damaged, journalProblem } from './journal-problem.ts';
import { logDamage } from './log-damage.ts';
import { SqliteStore } from './sqlite-store.ts';
import { visit } from './visiting.ts';
import { callCore, type JournalThreadStart } from './worker-protocol.ts';

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
  const { store, end } = visit(file);
  try {
    callCore(new JournalCore(store, Date.now), 'verifyStart', []);
  } finally {
    end();
  }
}
