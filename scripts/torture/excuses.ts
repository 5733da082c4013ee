import type { ChargeOf } from './charge-of.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import type { Happened, HappenedOf } from './history.ts';

/** From when an answer is sent until it is certainly kept: its bytes, the silence after them (rule 6), the commit. */
const KEPT_MS = 500;

/** What a person said wrongly of a payment excuses what follows from it. */
export function liedAbout(paymentId: string, { history }: Evidence): boolean {
  return history.of('settled').some((settled) => settled.paymentId === paymentId && settled.lies);
}

/**
 * The terminal's ACK of our frame became a NAK, the same frame again got NAK, as a payment was open, and then no answer was
 * ever sent to a service that lived to keep it: nothing on the line tells that from a terminal that took nothing.
 */
export function isUnknowable(
  { charge, paymentId = '' }: ChargeOf,
  { payments, station }: StationEvidence,
  { history }: Evidence,
): boolean {
  if (payments.get(paymentId)?.state !== 'not_sent') return false;
  const frames = history.of('frame_out').filter((out) => out.paymentId === paymentId);
  if (!frames.some(({ transmission }) => transmission === 3)) return false;
  const answers = history.of('answering').filter((one) => one.station === station && one.chargeId === charge.chargeId);
  return answers.every((answer) => wasSentToTheDead(answer, history.events));
}

/** The service was down when the answer came, or went down before it had kept it. */
function wasSentToTheDead(answer: HappenedOf<'answering'>, events: readonly Happened[]): boolean {
  const at = events.indexOf(answer);
  const isHere = ({ station }: Happened) => station === answer.station;
  const life = events.slice(0, at).findLast((event) => isHere(event) && isLifeOrDeath(event));
  if (life?.kind === 'crashed') return true;
  const next = events.slice(at).find((event) => isHere(event) && (event.kind === 'crashed' || keeps(event, answer)));
  return next?.kind === 'crashed' && next.atMs - answer.atMs <= KEPT_MS;
}

function isLifeOrDeath({ kind }: Happened): boolean {
  return kind === 'started' || kind === 'crashed';
}

function keeps(event: Happened, { bytesMasked }: HappenedOf<'answering'>): boolean {
  return (event.kind === 'acknowledged' || event.kind === 'committed') && event.bytesMasked === bytesMasked;
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
