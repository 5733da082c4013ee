import { failureReason } from './failure-reason.ts';
import { sameRow } from './index-row.ts';
import { journalLimits } from './journal-limits.ts';
import { damaged, isDamage, journalProblem } from './journal-problem.ts';
import { foldOf, rowFromFacts } from './read-payment.ts';
import type { Store } from './store.ts';
import { readOrphan } from './stored-fact.ts';

/** What one step of a verification found, and where the next one goes on; without it, that was the last one. */
export interface Verified {
  damage: string[];
  next?: string;
}

/** Throws where anything that recovery will read is damaged. */
export function verifyWhatRecoveryReads(store: Store): void {
  const last = store.rowLastAsked();
  const rows = [...store.rowsUnfinished(), ...store.rowsAwaiting(journalLimits.verifiedAtStart)];
  for (const row of last === undefined ? rows : [last, ...rows]) foldOf(store, row);
}

export function verifySome(store: Store, afterPaymentId: string): Verified {
  const paymentIds = store.paymentIdsAfter(afterPaymentId, journalLimits.verifiedAtOnce);
  const damage = paymentIds.flatMap((paymentId) => damageOf(store, paymentId));
  const next = paymentIds.at(-1);
  return next === undefined ? { damage } : { damage, next };
}

/** Verifies orphans and the words on them, as many as fit into one step; `skip`: those of the steps before. */
export function verifyOrphans(store: Store, skip: number): { damage: string[]; next?: number } {
  const limit = journalLimits.verifiedAtOnce;
  const records = store.orphans({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, onlyOpen: false, limit, skip });
  const damage = records.flatMap((record) => problemsOf(store, () => void readOrphan(record, store.name)));
  return records.length < limit ? { damage } : { damage, next: skip + limit };
}

/** Whether the facts are intact, and the index says what they say. */
function damageOf(store: Store, paymentId: string): string[] {
  return problemsOf(store, () => {
    const written = store.row(paymentId);
    const derived = rowFromFacts(store, paymentId);
    if (written !== undefined && derived !== undefined && sameRow(written, derived)) return;
    throw damaged(store.name, `the index of payment ${paymentId} does not say what its facts say`);
  });
}

function problemsOf(store: Store, verify: () => void): string[] {
  try {
    verify();
    return [];
  } catch (error) {
    return [findingIn(error, store.name)];
  }
}

/** What an error says of the journal itself; one that only tells that it could not be read now (a disk's error, say) is thrown on. */
export function findingIn(error: unknown, journalName: string): string {
  if (!isDamage(error) && failureReason(error) !== 'newer') throw error;
  return (journalProblem(error, journalName) as Error).message;
}
