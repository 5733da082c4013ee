import type { Order } from '../../packages/service/src/payments/order.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Evidence } from './evidence.ts';
import type { HappenedOf } from './history.ts';
import { TIMES } from './station-config.ts';
import type { Violation } from './violation.ts';

/** Within which a result that reached nobody goes to the same body without an order_id (rule 4). */
const SAME_BODY_MS = 120_000;
/** A wall clock that differs from the machine's by less than a minute is believed (rule 18). */
const SLACK_MS = 61_000;

/** I3: an old SUCCESS is never given again, lest it be taken for that of another sale (rules 1 and 4). */
export function replayViolations(evidence: Evidence): Violation[] {
  const { history, plan } = evidence;
  const replays = history.of('told').filter(({ body }) => body.replayed && body.paymentStatus === 'SUCCESS');
  return replays.flatMap((told): Violation[] => {
    const { ring, payment, station, trueMs, givenMs = trueMs } = told;
    if (isKnownByKey(payment, ring.order)) return [];
    const isById = ring.order.orderIdGiven && plan.stations[station]?.orderIdScope !== 'none';
    const ageMs = givenMs - (decisionBefore(told, evidence)?.trueMs ?? givenMs);
    if (ageMs <= (isById ? TIMES.repeatWindowMs : SAME_BODY_MS) + SLACK_MS) return [];
    return [{ invariant: 'I3', what: `${payment.paymentId} is given again ${ageMs} ms after it was decided` }];
  });
}

/** Begun with the key of this order, or given to it before: rule 4 gives it always. */
export function isKnownByKey({ order, otherKeys = [] }: Payment, { idempotencyKey: key }: Order): boolean {
  return key !== undefined && (key === order.idempotencyKey || otherKeys.includes(key));
}

/** I2, I4: what was said under a key, heard or not, is what is said under that key from then on, whatever else was made meanwhile (rule 4). */
export function keyViolations({ history }: Pick<Evidence, 'history'>): Violation[] {
  const told = history.of('told').filter(({ ring }) => ring.order.idempotencyKey !== undefined);
  return told.flatMap((first, i): Violation[] => {
    const { ring, station, payment } = first;
    const isSameKey = (event: Pick<HappenedOf<'told'>, 'ring' | 'station'>): boolean =>
      event.station === station && event.ring.order.idempotencyKey === ring.order.idempotencyKey;
    const other = told.slice(i + 1).find((later) => isSameKey(later) && later.payment.paymentId !== payment.paymentId);
    if (other === undefined) return [];
    const asked = history.of('asked').find((event) => isSameKey(event) && event.ring.n === other.ring.n);
    // What the disk has not taken is not known by this key.
    const isWritten = history
      .of('committed')
      .some(
        (commit) =>
          commit.paymentId === payment.paymentId && commit.facts.includes('keyed') && commit.atMs < (asked?.atMs ?? 0),
      );
    if (!isWritten && payment.order.idempotencyKey !== ring.order.idempotencyKey) return [];
    const what = `${ring.order.idempotencyKey} is told ${payment.paymentId}, and then ${other.payment.paymentId}`;
    return [{ invariant: 'I2', what }];
  });
}

function decisionBefore(
  { payment, atMs }: HappenedOf<'told'>,
  { history }: Evidence,
): HappenedOf<'committed'> | undefined {
  return history
    .of('committed')
    .findLast(
      ({ paymentId, facts, atMs: keptMs }) =>
        paymentId === payment.paymentId &&
        keptMs <= atMs &&
        facts.some((kind) => kind === 'answered' || kind === 'settled'),
    );
}
