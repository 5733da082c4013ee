import type { Store } from './store.ts';

/**
 * The number of the first fact that was written then or later. Journal time never runs back (rule 18), so no index is needed, which
 * each commit would have to keep: of a hundred million facts 27 are looked at. Beyond the last fact where there is none.
 */
export function firstSeqSince(store: Pick<Store, 'momentFrom' | 'newestFact'>, sinceMs: number): number {
  let [from, end] = [1, (store.newestFact()?.seq ?? 0) + 1];
  while (from < end) {
    const middle = Math.floor((from + end) / 2);
    const moment = store.momentFrom(middle);
    if (moment === undefined || moment.atMs >= sinceMs) end = middle;
    else from = moment.seq + 1;
  }
  return from;
}
