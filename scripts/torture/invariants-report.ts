import type { Order } from '../../packages/service/src/payments/order.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Difference } from '../../packages/service/src/payments/report-difference.ts';
import type { ChargeOf } from './charge-of.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import { isCoveredByOrphan, isUnknowable } from './excuses.ts';
import { answersOf, bookedFor, chargedFor } from './truth.ts';
import type { Violation } from './violation.ts';

/** I12: each payment stands in the report of one day, and each difference between till, terminal, journal and HiPay in one. */
export function reportViolations(evidence: Evidence): Violation[] {
  return evidence.stations.flatMap((station) => {
    if (station.days.length === 0) return [];
    const differences = station.days.flatMap((day) => day.differences);
    return [
      ...linesThatDiffer(station),
      ...[...station.payments.keys()].flatMap((paymentId) => unlisted(paymentId, station, differences, evidence)),
      ...strayCharges(station, differences, evidence),
    ].map((what) => ({ invariant: 'I12', what: `station ${station.station}: ${what}` }));
  });
}

function linesThatDiffer({ payments, days }: StationEvidence): string[] {
  const lines = days.flatMap((day) => day.payments);
  const wrong = [...payments.values()].flatMap((payment) => {
    const ofPayment = lines.filter(({ paymentId }) => paymentId === payment.paymentId);
    if (ofPayment.length === 1 && ofPayment[0]?.outcome === payment.state) return [];
    return [`${payment.paymentId}, ${payment.state}, stands in the reports as ${JSON.stringify(ofPayment)}`];
  });
  const approvedMinor = [...payments.values()]
    .filter(({ state }) => state === 'approved')
    .reduce((sum, { amountTakenMinor = 0 }) => sum + amountTakenMinor, 0);
  const reportedMinor = days
    .flatMap(({ totals }) => totals)
    .reduce((sum, { approved }) => sum + approved.amountMinor, 0);
  return approvedMinor === reportedMinor
    ? wrong
    : [...wrong, `reports add up to ${reportedMinor}, not ${approvedMinor}`];
}

/** Where the four do not say the same of a payment, the report must say so. */
function unlisted(
  paymentId: string,
  station: StationEvidence,
  differences: Difference[],
  evidence: Evidence,
): string[] {
  const payment = station.payments.get(paymentId);
  if (payment === undefined) return [];
  const says = {
    terminal: chargedFor(paymentId, station),
    journal: payment.state === 'approved' ? (payment.amountTakenMinor ?? 0) : 0,
    HiPay: bookedFor(paymentId, evidence),
    till: toldFor(payment, evidence),
  };
  // The report has these as orphans, if anybody knows of them at all.
  const ofIt = station.charges.filter((one) => one.paymentId === paymentId);
  const isElsewhere = (one: ChargeOf) =>
    isUnknowable(one, station, evidence) || isCoveredByOrphan(one, station, evidence);
  if (ofIt.some(isElsewhere)) return [];
  const isOneMind = Object.values(says).every((minor) => minor === says.terminal);
  if (isOneMind || differences.some((difference) => difference.paymentId === paymentId)) return [];
  return [`no report says that about ${paymentId} they differ: ${JSON.stringify(says)}`];
}

/** A charge whose answer is nobody's. */
function strayCharges(station: StationEvidence, differences: Difference[], evidence: Evidence): string[] {
  return station.charges.flatMap(({ charge, paymentId = '' }) => {
    const isKnown = station.payments.get(paymentId)?.state === 'approved';
    if (isUnknowable({ charge, paymentId }, station, evidence)) return [];
    if (!charge.approved || isKnown || differences.some((one) => one.paymentId === paymentId)) return [];
    const sent = answersOf(charge.chargeId, station.station, evidence);
    const isOrphan = station.orphans.some(({ bytesMasked }) => sent.includes(bytesMasked));
    const isListed = differences.some(
      ({ kind, amountMinor }) => kind === 'orphan' && amountMinor === charge.amountMinor,
    );
    return isOrphan && isListed ? [] : [`no report has charge ${charge.chargeId}`];
  });
}

/** What the till has been told was paid; "paid earlier, nothing was charged now" (1109) and "just approved" (1110) tell it, too. */
function toldFor({ paymentId, order, state }: Payment, { history }: Evidence): number {
  const asSuccess = history
    .of('told')
    .some((one) => one.payment.paymentId === paymentId && one.body.paymentStatus === 'SUCCESS' && one.reached);
  const inPassing = history
    .of('declined')
    .some(({ code, ring, reached }) => reached && (code === '1109' || code === '1110') && isFor(ring.order, order));
  return asSuccess || (inPassing && state === 'approved') ? order.amountMinor : 0;
}

function isFor(asked: Order, order: Order): boolean {
  return asked.orderId === order.orderId || asked.bodyDigest === order.bodyDigest;
}
