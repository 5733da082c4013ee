import type { HappenedOf, History } from './history.ts';

/** For so long an answer may still come (rules 10 and 15). */
export const YOUNG_MS = 15 * 60_000;

/** When nobody knew any more how it ended; a till may be told that before a disk that stands still takes it. */
export function doubtOf(paymentId: string, history: History): HappenedOf<'committed' | 'told'> | undefined {
  const last = history
    .of('committed')
    .findLast(
      (one) => one.paymentId === paymentId && one.facts.some((kind) => kind === 'unclear' || kind === 'answered'),
    );
  if (last === undefined || last.facts.includes('answered')) return last;
  // Written once more, it has been in doubt since the first time.
  const first = history
    .of('committed', 'told')
    .find((one) =>
      one.kind === 'told'
        ? one.payment.paymentId === paymentId && one.payment.state === 'unknown'
        : one.paymentId === paymentId && one.facts.includes('unclear'),
    );
  return first ?? last;
}
