import type { ChargeOf } from './charge-of.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import { answersOf } from './truth.ts';

/** What a person said wrongly of a payment excuses what follows from it. */
export function liedAbout(paymentId: string, { history }: Evidence): boolean {
  return history.of('settled').some((settled) => settled.paymentId === paymentId && settled.lies);
}

/**
 * The terminal's ACK of our frame became a NAK, the same frame again got NAK, as a payment was open, and then no answer was
 * ever sent: nothing on the line tells that from a terminal that took nothing.
 */
export function isUnknowable(
  { charge, paymentId = '' }: ChargeOf,
  station: StationEvidence,
  evidence: Evidence,
): boolean {
  if (station.payments.get(paymentId)?.state !== 'not_sent') return false;
  const frames = evidence.history.of('frame_out').filter((out) => out.paymentId === paymentId);
  if (!frames.some(({ transmission }) => transmission === 3)) return false;
  return answersOf(charge.chargeId, station.station, evidence).length === 0;
}

/** Whether the answer about this charge is kept as nobody's, which is shown until somebody has looked at it. */
export function isCoveredByOrphan(
  { charge }: ChargeOf,
  { orphans, station }: StationEvidence,
  { history }: Evidence,
): boolean {
  const answers = history.of('answering').filter((one) => one.station === station && one.chargeId === charge.chargeId);
  return answers.some(({ bytesMasked }) => orphans.some((orphan) => orphan.bytesMasked === bytesMasked));
}
