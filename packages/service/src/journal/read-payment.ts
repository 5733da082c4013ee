import type { Fact } from '../payments/fact.ts';
import { fold } from '../payments/fold.ts';
import type { Payment } from '../payments/payment.ts';
import { askedSeqIn, indexRow } from './index-row.ts';
import { journalLimits } from './journal-limits.ts';
import { damaged } from './journal-problem.ts';
import type { IndexRow, Store, StoredFact } from './store.ts';
import { readFact } from './stored-fact.ts';

/** The facts of one payment, each verified, none missing in between. */
export function factsOf(store: Store, paymentId: string): Fact[] {
  return readAll(store.factsOf(paymentId), store.name);
}

/** The payment that the facts tell of, which must be as many as its index row says. */
export function foldOf(store: Store, row: IndexRow): Payment {
  const payment = fold(factsOf(store, row.paymentId));
  if (payment?.version !== row.version) {
    const found = `${payment?.version ?? 0} facts, and its index says ${row.version}`;
    throw damaged(store.name, `payment ${row.paymentId} has ${found}`);
  }
  return payment;
}

/** The index row as the facts have it; undefined where there are none. */
export function rowFromFacts(store: Store, paymentId: string): IndexRow | undefined {
  const stored = store.factsOf(paymentId);
  const payment = fold(readAll(stored, store.name));
  return payment && indexRow(payment, askedSeqIn(stored));
}

/** The whole index, payment by payment. */
export function* rowsFromFacts(store: Store): Iterable<IndexRow> {
  for (let after = ''; ; ) {
    const paymentIds = store.paymentIdsAfter(after, journalLimits.verifiedAtOnce);
    const last = paymentIds.at(-1);
    if (last === undefined) return;
    for (const paymentId of paymentIds) {
      const row = rowFromFacts(store, paymentId);
      if (row !== undefined) yield row;
    }
    after = last;
  }
}

function readAll(stored: StoredFact[], journalName: string): Fact[] {
  return stored.map((fact, i) => {
    if (fact.version !== i + 1) {
      throw damaged(journalName, `fact ${i + 1} of payment ${fact.paymentId} is missing`);
    }
    return readFact(fact, journalName);
  });
}
