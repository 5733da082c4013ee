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
    if (ring.order.idempotencyKey !== undefined && ring.order.idempotencyKey === payment.order.idempotencyKey)
      return [];
    const isById = ring.order.orderIdGiven && plan.stations[station]?.orderIdScope !== 'none';
    const ageMs = givenMs - (decisionBefore(told, evidence)?.trueMs ?? givenMs);
    if (ageMs <= (isById ? TIMES.repeatWindowMs : SAME_BODY_MS) + SLACK_MS) return [];
    return [{ invariant: 'I3', what: `${payment.paymentId} is given again ${ageMs} ms after it was decided` }];
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
