import { ACK, NAK } from '@hipay-ecr/shared/concert/control.ts';
import { fold } from '../../packages/service/src/payments/fold.ts';
import { coverageOfRarities } from './coverage-rare.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import type { HappenedOf } from './history.ts';
import { quietEnquiries } from './invariants-answered.ts';
import { TIMES } from './station-config.ts';

// How often what the run is about has really happened: an invariant holds easily where its "if" never comes true.

/** The data of the long answer, which has a card number in it. */
const LONG_BYTES = 80;
const TIME_OUT_MS = 60_000;

/** Counts by name; the names are those of EXPECTED. */
export function coverageOf(evidence: Evidence): [what: string, times: number][] {
  return [
    ...[...ofTills(evidence), ...ofTerminals(evidence), ...ofHipay(evidence)],
    ...[...ofInvariants(evidence), ...coverageOfRarities(evidence)],
  ];
}

function ofTills({ history, plan }: Evidence): [string, number][] {
  const asked = history.of('asked');
  const left = (kind: 'hung_up' | 'broken') => history.of('hung_up', 'broken').filter((one) => one.kind === kind);
  const again = (kind: 'hung_up' | 'broken') =>
    left(kind).filter(({ ring }) => asked.some((one) => one.ring.sale === ring.sale && one.ring.n === ring.n + 1));
  const paid = history.of('told').filter(({ body, reached }) => reached && body.paymentStatus === 'SUCCESS');
  const afterPaid = asked.filter((one) =>
    paid.some(({ ring, atMs }) => ring.sale === one.ring.sale && ring.n < one.ring.n && atMs <= one.atMs),
  );
  return [
    ['till: hangs up', left('hung_up').length],
    ['till: rings again after hanging up', again('hung_up').length],
    ['till: rings again after the service died', again('broken').length],
    ['till: without order_id', asked.filter(({ ring }) => !ring.order.orderIdGiven).length],
    ['till: with a key', asked.filter(({ ring }) => ring.order.idempotencyKey !== undefined).length],
    ['till: renumbers', asked.filter(({ ring }) => ring.order.orderId.startsWith('R-')).length],
    ['till: asks again once paid', afterPaid.length],
    ['till: two at once on a terminal', history.of('declined').filter(({ code }) => code === '1104').length],
    ['till: two on one gateway', plan.stations.length > 1 ? 1 : 0],
  ];
}

function ofTerminals({ history, plan }: Evidence): [string, number][] {
  const answers = history.of('answering');
  const field = (habit: string) => answers.filter(({ station }) => plan.stations[station]?.privateField === habit);
  return [
    ['terminal: token echoed', field('echo').length],
    ['terminal: private field blank', field('blank').length],
    ['terminal: private field opaque', field('opaque').length],
    ['terminal: repeats while we commit', answers.filter((one) => isRepeatedMeanwhile(one, { history })).length],
  ];
}

/** Sent once more before it was kept, though we had not asked for it. */
function isRepeatedMeanwhile(
  { station, chargeId, bytesMasked, atMs }: HappenedOf<'answering'>,
  { history }: Pick<Evidence, 'history'>,
): boolean {
  const before = history
    .of('answering')
    .findLast((one) => one.station === station && one.chargeId === chargeId && one.atMs < atMs);
  const between = (one: { station: number; atMs: number }) =>
    one.station === station && one.atMs > (before?.atMs ?? 0) && one.atMs <= atMs;
  const kept = history.of('committed').some((one) => between(one) && one.bytesMasked === bytesMasked);
  const isAskedFor = history.of('wrote').some((one) => between(one) && one.bytes[0] === NAK);
  const isHeard = history.of('heard').some((one) => between(one) && one.bytes.length > 0);
  return before !== undefined && isHeard && !kept && !isAskedFor;
}

function ofHipay({ history, stations }: Evidence): [string, number][] {
  const payments = stations.flatMap((station) => [...station.payments.values()]);
  return [
    [
      'gateway: answers after the time-out',
      history.of('post_answered').filter(({ tookMs }) => tookMs > TIME_OUT_MS).length,
    ],
    [
      'gateway: order id of another till',
      payments.filter(({ registration, order }) => registration.hipayOrderId !== order.orderId).length,
    ],
  ];
}

function ofInvariants(evidence: Evidence): [string, number][] {
  const { history, stations } = evidence;
  const of = (kind: 'refused' | 'not_sent') => history.of('told').filter(({ payment }) => payment.state === kind);
  const told = history.of('told');
  const sum = (count: (station: StationEvidence) => number) => stations.reduce((total, one) => total + count(one), 0);
  const payments = stations.flatMap((station) => [...station.payments.values()]);
  const charged = stations.flatMap(({ charges }) => charges).filter(({ charge }) => charge.approved);
  const belied = charged.filter(({ paymentId }) =>
    [...of('refused'), ...of('not_sent')].some(({ payment }) => payment.paymentId === paymentId),
  );
  const restarts = history
    .of('started')
    .filter(({ station, atMs }) => told.some((one) => one.station === station && one.atMs < atMs));
  const controls = history.of('wrote').filter(({ bytes }) => bytes.length === 1);
  return [
    ['I1: charges', charged.length],
    ['I2: an order asked again after its charge', askedAgain(evidence)],
    ['I3: SUCCESS told', told.filter(({ body }) => body.paymentStatus === 'SUCCESS').length],
    ['I3: SUCCESS given again', told.filter(({ body }) => body.replayed && body.paymentStatus === 'SUCCESS').length],
    ['I4: refused or not_sent told', of('refused').length + of('not_sent').length],
    ['I4: a charge after that', belied.length],
    ['I5: approved and registered', payments.filter(({ registration }) => registration.status === 'registered').length],
    ['I5: looked up', history.of('looked_up').length],
    ['I6: frames', history.of('frame_out').length],
    ['I6: answers acknowledged', history.of('acknowledged').length],
    ['I6: results told', told.length],
    ['I6: POSTs', history.of('posted').length],
    ['I7: restarts after something was told', restarts.length],
    ['I8: requests taken', history.of('frame_taken').length],
    ['I9: requests', history.of('asked').length],
    ['I9: told in time by a disk that stands still', toldMeanwhile(evidence)],
    ['I10: answers kept', history.of('committed').filter(({ bytesMasked }) => bytesMasked !== undefined).length],
    [
      'I11: ENQ of the terminal out of silence',
      sum(({ station }) => quietEnquiries(history.events.filter((one) => one.station === station)).length),
    ],
    ['I12: differences in reports', sum(({ days }) => days.flatMap(({ differences }) => differences).length)],
    ['I12: told otherwise, after the approval', sum(toldOtherwise)],
    ['I13: fresh payments', told.filter(({ ring }) => ring.sale >= 100).length],
    [
      'I14: card numbers on the line',
      history.of('answering').filter(({ bytesMasked }) => bytesMasked.length >= LONG_BYTES).length,
    ],
    ['I15: unknown at rest', payments.filter(({ state }) => state === 'unknown').length],
    ['I15: contradicted', payments.filter(({ contradicted }) => contradicted).length],
    ['I15: alarms', payments.filter(({ alarms }) => alarms.length > 0).length],
    ['I15: orphans', sum(({ orphans }) => orphans.length)],
    ['I15: parked', payments.filter(({ registration }) => registration.status === 'parked').length],
    ['I16: ACKs', controls.filter(({ bytes }) => bytes[0] === ACK).length],
    ['I16: NAKs', controls.filter(({ bytes }) => bytes[0] === NAK).length],
  ];
}

/** Nothing was sent, as the disk had not said so until the deadline that it knows the order, or the payment. */
function toldMeanwhile({ history }: Evidence): number {
  return history.of('declined').filter(({ code, waitedMs }) => code === '1107' && waitedMs >= TIMES.paymentTimeoutMs)
    .length;
}

/** The till's word was on its way, or its fact was, when the answer was kept. */
function toldOtherwise({ facts }: StationEvidence): number {
  return facts.filter((fact, i) => {
    if (fact.kind !== 'told' || fact.outcome === 'approved') return false;
    return fold(facts.slice(0, i).filter(({ paymentId }) => paymentId === fact.paymentId))?.state === 'approved';
  }).length;
}

function askedAgain({ history, stations }: Evidence): number {
  const charged = history.of('charged').filter(({ charge }) => charge.approved);
  return history.of('asked').filter(({ ring, station, atMs }) =>
    charged.some((one) => {
      if (one.station !== station || one.atMs > atMs) return false;
      const { charges = [], payments } = stations[station] ?? {};
      const paymentId = charges.find(({ charge }) => charge === one.charge)?.paymentId ?? '';
      return payments?.get(paymentId)?.order.orderId === ring.order.orderId;
    }),
  ).length;
}
