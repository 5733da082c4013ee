import type { ChargeOf, Evidence, StationEvidence } from './evidence.ts';

/** What a person said wrongly of a payment excuses what follows from it. */
export function liedAbout(paymentId: string, { history }: Evidence): boolean {
  return history.of('settled').some((settled) => settled.paymentId === paymentId && settled.lies);
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
