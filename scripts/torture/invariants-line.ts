import type { Evidence } from './evidence.ts';
import type { HappenedOf } from './history.ts';
import type { Violation } from './violation.ts';

/** I10: what is kept for a payment is what the terminal said of that payment's own frame, and is kept once. */
export function answerViolations(evidence: Evidence): Violation[] {
  return [...strangeAnswers(evidence), ...repeatedAnswers(evidence)];
}

function strangeAnswers(evidence: Evidence): Violation[] {
  return evidence.history.of('committed').flatMap((committed) => {
    const { bytesMasked, paymentId, station, atMs } = committed;
    if (bytesMasked === undefined) return [];
    const sent = sentBefore(committed, evidence);
    if (sent.length === 0) {
      return [{ invariant: 'I10', what: `"${bytesMasked}" is kept at ${atMs} ms, and the terminal never sent it` }];
    }
    if (paymentId === undefined) return [];
    const charges = evidence.stations[station]?.charges ?? [];
    const owners = sent.map(({ chargeId }) => charges.find(({ charge }) => charge.chargeId === chargeId)?.paymentId);
    if (owners.includes(paymentId)) return [];
    return [{ invariant: 'I10', what: `an answer for ${owners.at(-1)} is kept as one for ${paymentId}` }];
  });
}

/** What comes again is no new fact (rule 5), also once another payment is under way. */
function repeatedAnswers({ history }: Evidence): Violation[] {
  const kept = history.of('committed').filter((one) => one.bytesMasked !== undefined && one.paymentId !== undefined);
  const byAnswer = Map.groupBy(kept, ({ station, paymentId, bytesMasked }) => `${station} ${paymentId} ${bytesMasked}`);
  return [...byAnswer.values()].flatMap(([first, second]): Violation[] => {
    if (first === undefined || second === undefined) return [];
    return [{ invariant: 'I10', what: `${first.paymentId} has "${first.bytesMasked}" again at ${second.atMs} ms` }];
  });
}

/** The frames of these bytes that can have been meant: all since they were last kept, or the newest. */
function sentBefore(
  { bytesMasked, station, atMs }: HappenedOf<'committed'>,
  { history }: Evidence,
): HappenedOf<'answering'>[] {
  const sent = history
    .of('answering')
    .filter((event) => event.station === station && event.bytesMasked === bytesMasked && event.atMs <= atMs);
  const keptMs = history
    .of('committed')
    .findLast((event) => event.station === station && event.bytesMasked === bytesMasked && event.atMs < atMs)?.atMs;
  const since = sent.filter((event) => event.atMs >= (keptMs ?? 0));
  return since.length > 0 ? since : sent.slice(-1);
}

/** I6, seen from the terminal: a frame that it took must be one that went out. */
export function frameViolations({ history }: Evidence): Violation[] {
  return history.of('frame_taken').flatMap(({ frameNumber, paymentId }): Violation[] => {
    if (paymentId !== undefined && paymentId !== '') return [];
    return [{ invariant: 'I6', what: `the terminal took frame ${frameNumber}, which no payment is written down for` }];
  });
}
