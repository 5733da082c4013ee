import type { Fact } from '../payments/fact.ts';
import { fold } from '../payments/fold.ts';
import { isAtRest, withoutCustomer } from '../payments/forget-customer.ts';
import type { AcceptedAfter } from '../payments/ports.ts';
import { askedSeqIn, indexRow } from './index-row.ts';
import { damaged, isDamage, journalProblem } from './journal-problem.ts';
import { factsOf } from './read-payment.ts';
import type { Batch, IndexRow, Store, StoredFact } from './store.ts';
import { storeFact } from './stored-fact.ts';

/** Which payment was found to forget; `damage`: why it was left as it is, for people. */
export interface Forgetting extends AcceptedAfter {
  damage?: string;
}

type Found = { ok: true; batch: Batch } | { ok: false; damage: string };

/** What is to be written so that this payment is forgotten; what is damaged holds up no other one (rule 19). Other errors it throws. */
export function forgetting(store: Store, row: IndexRow, written: { seq: number; atMs: number }): Found {
  try {
    return { ok: true, batch: batchOf(store, row, written) };
  } catch (cause) {
    if (!isDamage(cause)) throw cause;
    return { ok: false, damage: (journalProblem(cause, store.name) as Error).message };
  }
}

/**
 * What takes the customer out of a payment's facts, in one commit: the facts without, in the places of those with, and a
 * last one that says so, which gives the payment a new version, so that nobody goes on with what he folded before.
 */
function batchOf(store: Store, row: IndexRow, { seq, atMs }: { seq: number; atMs: number }): Batch {
  const { paymentId } = row;
  const stored = store.factsOf(paymentId);
  const facts = factsOf(store, paymentId);
  const kept = facts.map(withoutCustomer);
  const forgotten: Fact = { kind: 'forgotten', paymentId, atMs };
  const payment = fold([...kept, forgotten]);
  if (payment === undefined || !isAtRest(payment)) {
    throw damaged(store.name, `the index calls payment ${paymentId} settled, and its facts do not`);
  }
  return {
    replaced: stored.flatMap((old, i) => inPlaceOf(old, kept[i] as Fact) ?? []),
    facts: [storeFact(forgotten, seq, stored.length + 1)],
    row: indexRow(payment, askedSeqIn(stored)),
    orphans: [],
  };
}

/** Undefined where nothing has changed. SQLite overwrites what stood there, moved it about or not (`secure_delete`). */
function inPlaceOf(old: StoredFact, fact: Fact): StoredFact | undefined {
  const stored = storeFact(fact, old.seq, old.version);
  return stored.body === old.body ? undefined : stored;
}
