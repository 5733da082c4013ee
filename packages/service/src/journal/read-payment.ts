import type { Fact } from '../payments/fact.ts';
import { fold } from '../payments/fold.ts';
import type { Payment } from '../payments/payment.ts';
import { askedSeqIn, indexRow, sameRow } from './index-row.ts';
import { journalLimits } from './journal-limits.ts';
import { damaged, indexDamaged } from './journal-problem.ts';
import type { IndexRow, Store, StoredFact } from './store.ts';
import { readFact } from './stored-fact.ts';

/** A payment, and the index row that its facts make. */
export interface Folded {
  payment: Payment;
  row: IndexRow;
}

/** The facts of one payment, each verified, none missing in between. */
export function factsOf(store: Store, paymentId: string): Fact[] {
  return readAll(store.factsOf(paymentId), store.name);
}

/** The payment that the facts tell of, which must be as many as its index row says. */
export function foldOf(store: Store, row: IndexRow): Folded {
  const folded = foldFromFacts(store, row.paymentId);
  mustBeAsMany(folded, row, store.name);
  return folded;
}

/** Throws where the facts are not as many as the index row says. */
export function mustBeAsMany(
  folded: Folded | undefined,
  { paymentId, version }: IndexRow,
  journalName: string,
): asserts folded is Folded {
  const facts = folded?.payment.version ?? 0;
  if (facts === version && folded !== undefined) return;
  // Both are written in one commit: where there are more of them, it is the index that was changed.
  const blamed = facts > version ? indexDamaged : damaged;
  throw blamed(journalName, `payment ${paymentId} has ${facts} facts, and its index says ${version}`);
}

/** Throws where an index row is not the one that its payment's facts make: it has no checksum, and theirs stand in for that. */
export function mustBeOf({ row: made }: Folded, row: IndexRow, journalName: string): void {
  if (!sameRow(row, made)) throw saysOtherwise(journalName, row.paymentId);
}

export function saysOtherwise(journalName: string, paymentId: string): Error {
  return indexDamaged(journalName, `the index of payment ${paymentId} does not say what its facts say`);
}

/** Undefined where there are no facts. */
export function foldFromFacts(store: Store, paymentId: string): Folded | undefined {
  const stored = store.factsOf(paymentId);
  const payment = fold(readAll(stored, store.name));
  return payment && { payment, row: indexRow(payment, askedSeqIn(stored)) };
}

/** The whole index, payment by payment. */
export function* rowsFromFacts(store: Store): Iterable<IndexRow> {
  for (let after = ''; ; ) {
    const paymentIds = store.paymentIdsAfter(after, journalLimits.verifiedAtOnce);
    const last = paymentIds.at(-1);
    if (last === undefined) return;
    for (const paymentId of paymentIds) {
      const folded = foldFromFacts(store, paymentId);
      if (folded !== undefined) yield folded.row;
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
