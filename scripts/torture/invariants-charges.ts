import { formatMinor } from '@hipay-ecr/shared/money.ts';
import { approved, type ChargeOf } from './charge-of.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import { isCoveredByOrphan, isUnknowable, liedAbout } from './excuses.ts';
import { ringsOf } from './told-unwritten.ts';
import type { Violation } from './violation.ts';

/** Of one request, where each gets NAK. */
const TRANSMISSIONS = 3;

/** I1 and I4: where each charge stands in the journal, and whether a till that was told the contrary is contradicted aloud. */
export function chargeViolations(evidence: Evidence): Violation[] {
  return [...evidence.stations.flatMap((station) => ofCharges(station, evidence)), ...rashViolations(evidence)];
}

function ofCharges(station: StationEvidence, evidence: Evidence): Violation[] {
  return approved(station).flatMap((one) => [
    ...standing(one, station, evidence),
    ...standingAlone(one, station),
    ...contradictedAloud(one, station, evidence),
    ...unwrittenAloud(one, station, evidence),
  ]);
}

/** Not sent is what never went out, or got NAK each of the three times (rule 8); an alarm afterwards does not make it right. */
function rashViolations({ history }: Evidence): Violation[] {
  return history.of('told').flatMap((told): Violation[] => {
    const { payment, station } = told;
    if (payment.state !== 'not_sent') return [];
    const frames = history
      .of('frame_out')
      .filter((out) => out.station === station && out.paymentId === payment.paymentId && out.atMs <= told.atMs);
    if (frames.length === 0 || frames.length >= TRANSMISSIONS) return [];
    return [{ invariant: 'I4', what: `${payment.paymentId} is told not_sent after ${frames.length} transmissions` }];
  });
}

function standing(one: ChargeOf, station: StationEvidence, evidence: Evidence): Violation[] {
  const { charge, paymentId = '' } = one;
  const payment = station.payments.get(paymentId);
  const of = `charge ${charge.chargeId} of ${formatMinor(charge.amountMinor)}`;
  if (payment?.state === 'approved' || payment?.state === 'unknown') {
    const taken = payment.amountTakenMinor;
    const isRight = taken === charge.amountMinor || (payment.state === 'unknown' && taken === undefined);
    if (isRight || liedAbout(paymentId, evidence)) return [];
    return [{ invariant: 'I1', what: `${of}: ${paymentId} says that ${taken} was taken` }];
  }
  // A lie ends the doubt until the terminal's own word comes; then it is contradicted.
  const isALie =
    payment?.settled?.outcome === 'refused' && liedAbout(paymentId, evidence) && !isApprovedSince(paymentId, station);
  if (isCoveredByOrphan(one, station, evidence) || isALie || isUnknowable(one, station, evidence)) return [];
  return [{ invariant: 'I1', what: `${of} is neither a payment nor an orphan: ${paymentId} is ${payment?.state}` }];
}

/** Two charges are never one payment. */
function standingAlone({ charge, paymentId }: ChargeOf, station: StationEvidence): Violation[] {
  const first = approved(station).find((one) => one.paymentId === paymentId)?.charge;
  if (first === charge) return [];
  return [{ invariant: 'I1', what: `${paymentId} has charge ${first?.chargeId}, and charge ${charge.chargeId}, too` }];
}

function isApprovedSince(paymentId: string, { facts }: StationEvidence): boolean {
  const ofPayment = facts.filter((fact) => fact.paymentId === paymentId);
  const settledAt = ofPayment.findLastIndex(({ kind }) => kind === 'settled');
  return ofPayment.slice(settledAt).some((fact) => fact.kind === 'answered' && fact.stat === '0');
}

function contradictedAloud(one: ChargeOf, station: StationEvidence, evidence: Evidence): Violation[] {
  const { charge, paymentId = '' } = one;
  const told = evidence.history
    .of('told')
    .find(
      ({ payment }) => payment.paymentId === paymentId && (payment.state === 'refused' || payment.state === 'not_sent'),
    );
  const payment = station.payments.get(paymentId);
  // An alarm ends with the word of a person who has looked.
  const isAloud = (payment?.alarms.length ?? 0) > 0 || payment?.contradicted === true || payment?.settled !== undefined;
  if (isUnknowable(one, station, evidence)) return [];
  if (told === undefined || isAloud || isCoveredByOrphan(one, station, evidence) || liedAbout(paymentId, evidence))
    return [];
  return [
    { invariant: 'I4', what: `${paymentId} was told ${told.payment.state}, and charge ${charge.chargeId} stands` },
  ];
}

/** I4: what a till heard as 1107 is written later, unless the service ends before: a stop does not wait for a failing disk for ever. */
function unwrittenAloud({ paymentId = '' }: ChargeOf, station: StationEvidence, { history }: Evidence): Violation[] {
  const payment = station.payments.get(paymentId);
  if (payment?.state !== 'approved' || payment.alarms.length > 0 || payment.settled !== undefined) return [];
  const events = history.events.filter((event) => event.station === station.station);
  const rings = ringsOf(payment, events);
  const heardAt = events.findIndex(
    (event) => event.kind === 'declined' && event.code === '1107' && event.reached && rings.has(event.ring),
  );
  const since = heardAt === -1 ? [] : events.slice(heardAt);
  if (since.length === 0 || since.some(({ kind }) => kind === 'crashed' || kind === 'stopped')) return [];
  return [{ invariant: 'I4', what: `${paymentId} is approved without an alarm, and its till heard 1107` }];
}
