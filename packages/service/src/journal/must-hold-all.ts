import { isDeepStrictEqual } from 'node:util';
import { StoreFailure } from './failure-reason.ts';
import { journalLimits } from './journal-limits.ts';
import { damaged, isDamage } from './journal-problem.ts';
import type { IndexRow, Store } from './store.ts';

/** Throws where the old index, as far as it can be read, knows of facts that are not there: it may be those that are lost. */
export function mustKnowAllFacts(old: Store, store: Store): void {
  for (const { paymentId, version } of rowsReadable(old)) {
    const facts = store.row(paymentId)?.version ?? 0;
    if (version <= facts) continue;
    throw damaged(old.name, `payment ${paymentId} has ${facts} facts, and its index says ${version}`);
  }
}

/** Throws where a journal that was made from another one does not hold each of its facts, orphans and words, and a row for each payment. */
export function mustHoldAll(made: Store, { of: old, payments }: { of: Store; payments: number }): void {
  const [damage] = made.structureDamage();
  if (damage !== undefined) throw notThere(made, damage);
  const facts = (store: Store) => (seq: number, count: number) =>
    // The key is derived, and made anew.
    store.factsFrom(seq, count).map((fact) => ({ ...fact, bytesKey: null }));
  const orphans = (store: Store) => (seq: number, count: number) => store.orphansFrom(seq, count);
  mustBeSame(made, 'fact', Math.max(newestFact(old), newestFact(made)), [facts(old), facts(made)]);
  mustBeSame(made, 'orphan', Math.max(newestOrphan(old), newestOrphan(made)), [orphans(old), orphans(made)]);
  let rows = 0;
  for (const _row of rowsReadable(made)) rows += 1;
  if (rows !== payments) throw notThere(made, `${rows} of ${payments} payments are in its index`);
}

const newestFact = (store: Store): number => store.newestFact()?.seq ?? 0;
const newestOrphan = (store: Store): number => store.newestOrphan()?.seq ?? 0;

type Read = (seq: number, count: number) => unknown[];

function mustBeSame(made: Store, what: string, newest: number, [old, anew]: [Read, Read]): void {
  for (let seq = 1; seq <= newest; seq += journalLimits.copiedAtOnce) {
    const [was, is] = [old(seq, journalLimits.copiedAtOnce), anew(seq, journalLimits.copiedAtOnce)];
    if (!isDeepStrictEqual(was, is))
      throw notThere(made, `${what}s from number ${seq} on are not those of the old one`);
  }
}

function notThere(made: Store, what: string): StoreFailure {
  return new StoreFailure('io', `what was written to ${made.name} is not there: ${what}`);
}

function* rowsReadable(store: Store): Iterable<IndexRow> {
  for (let after = ''; ; ) {
    const paymentIds = orNothing(() => store.paymentIdsAfter(after, journalLimits.copiedAtOnce)) ?? [];
    for (const paymentId of paymentIds) {
      const row = orNothing(() => store.row(paymentId));
      if (row !== undefined) yield row;
    }
    const last = paymentIds.at(-1);
    // Damaged, they may be in any order.
    if (last === undefined || last <= after) return;
    after = last;
  }
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return undefined;
  }
}
