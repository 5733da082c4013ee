import type { HappenedOf, History } from './history.ts';

/** For so long an answer may still come (rules 10 and 15). */
export const YOUNG_MS = 15 * 60_000;

/** When nobody knew any more how it ended. */
export function doubtOf(paymentId: string, history: History): HappenedOf<'committed'> | undefined {
  return history
    .of('committed')
    .findLast(
      (one) => one.paymentId === paymentId && one.facts.some((kind) => kind === 'unclear' || kind === 'answered'),
    );
}
