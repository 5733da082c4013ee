import { isOpen } from '../payments/payment.ts';
import { failureReason } from './failure-reason.ts';
import { journalLimits } from './journal-limits.ts';
import { damaged, isDamage, isFactDamage, journalProblem } from './journal-problem.ts';
import { foldFromFacts, foldOf, mustBeAsMany, mustBeOf, saysOtherwise } from './read-payment.ts';
import type { IndexRow, Store } from './store.ts';
import { readOrphan } from './stored-fact.ts';

/** Something in a journal that should not be there, in a sentence. `isNewer`: it is whole, and only a newer version of this program reads it. `isOfIndex`: the facts that it is about are whole. */
export interface Finding {
  sentence: string;
  isNewer: boolean;
  isOfIndex?: true;
}

/** What one step of a verification found, and where the next one goes on; without it, that was the last one. */
export interface Verified {
  found: Finding[];
  next?: string;
}

/** Throws where anything that recovery will read is damaged. */
export function verifyWhatRecoveryReads(store: Store): void {
  const last = store.rowLastAsked();
  const unfinished = store.rowsUnfinished();
  const rows = [
    ...(last === undefined ? [] : [last]),
    ...unfinished,
    ...store.rowsAwaiting(journalLimits.verifiedAtStart),
  ];
  for (const row of rows) mustBeOf(foldOf(store, row), row, store.name);
  mustLeadToLastAsked(store, last, unfinished);
}

/** The index may lead past what recovery has to go on with, and say nothing of it: the newest facts do. */
function mustLeadToLastAsked(store: Store, last: IndexRow | undefined, unfinished: IndexRow[]): void {
  const end = (store.newestFact()?.seq ?? 0) + 1;
  const asked = store.factsOfKind('asked', end - journalLimits.recalledFacts, end).at(-1);
  if (asked !== undefined && asked.seq !== last?.askedSeq) throw saysOtherwise(store.name, asked.paymentId);
  if (last === undefined || !isOpen(last)) return;
  if (!unfinished.some(({ paymentId }) => paymentId === last.paymentId))
    throw saysOtherwise(store.name, last.paymentId);
}

export function verifySome(store: Store, afterPaymentId: string): Verified {
  const paymentIds = store.paymentIdsAfter(afterPaymentId, journalLimits.verifiedAtOnce);
  const found = paymentIds.flatMap((paymentId) => damageOf(store, paymentId));
  const next = paymentIds.at(-1);
  return next === undefined ? { found } : { found, next };
}

/** Verifies orphans and the words on them, as many as fit into one step; `skip`: those of the steps before. */
export function verifyOrphans(store: Store, skip: number): { found: Finding[]; next?: number } {
  const limit = journalLimits.verifiedAtOnce;
  const records = store.orphans({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, onlyOpen: false, limit, skip });
  const found = records.flatMap((record) => problemsOf(store, () => void readOrphan(record, store.name)));
  return records.length < limit ? { found } : { found, next: skip + limit };
}

/** Whether the facts are intact, and the index says what they say. */
function damageOf(store: Store, paymentId: string): Finding[] {
  return problemsOf(store, () => {
    const folded = foldFromFacts(store, paymentId);
    const row = store.row(paymentId);
    if (folded === undefined) throw damaged(store.name, `the facts of payment ${paymentId} are missing`);
    if (row === undefined) throw saysOtherwise(store.name, paymentId);
    mustBeAsMany(folded, row, store.name);
    mustBeOf(folded, row, store.name);
  });
}

function problemsOf(store: Store, verify: () => void): Finding[] {
  try {
    verify();
    return [];
  } catch (error) {
    return [findingIn(error, store.name)];
  }
}

/** What an error says of the journal itself; one that only tells that it could not be read now (a disk's error, say) is thrown on. */
export function findingIn(error: unknown, journalName: string): Finding {
  const isNewer = failureReason(error) === 'newer';
  if (!isDamage(error) && !isNewer) throw error;
  const { message: sentence } = journalProblem(error, journalName) as Error;
  return { sentence, isNewer, ...(isDamage(error) && !isFactDamage(error) && { isOfIndex: true as const }) };
}
