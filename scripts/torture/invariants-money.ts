import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import { approved, type ChargeOf } from './charge-of.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import { liedAbout } from './excuses.ts';
import type { HappenedOf } from './history.ts';
import { isKnownByKey } from './invariants-replay.ts';
import { CONTRACTS, TIMES } from './station-config.ts';
import type { Violation } from './violation.ts';

/** Of a short and of a long answer: after POS number, STAT and amount. */
const MODE_AT = 11;
const TYPES = { Debit: '0', Credit: '1' } as const;
/** Within which the same body without an order_id is the same sale (rule 4). */
const SAME_BODY_MS = 120_000;

/** I3: a success needs its charge, and a charge backs one sale. */
export function successViolations(evidence: Evidence): Violation[] {
  const successes = evidence.history.of('told').filter(({ body }) => body.paymentStatus === 'SUCCESS');
  return successes.flatMap((told) => {
    const { paymentId } = told.payment;
    if (liedAbout(paymentId, evidence)) return [];
    const station = evidence.stations[told.station];
    const charge = station && approved(station).find((one) => one.paymentId === paymentId)?.charge;
    const { order } = told.ring;
    const agrees =
      charge?.amountMinor === order.amountMinor &&
      charge.currency === '978' &&
      charge.type === TYPES[order.transactionType];
    if (!agrees) return [{ invariant: 'I3', what: `sale ${told.ring.sale} is told SUCCESS without such a charge` }];
    const other = successes.find((before) => backsAnother(before, told, evidence));
    if (other === undefined) return [];
    return [{ invariant: 'I3', what: `${paymentId} backs sale ${other.ring.sale} and sale ${told.ring.sale}` }];
  });
}

type Told = HappenedOf<'told'>;

function backsAnother(before: Told, told: Told, { plan }: Evidence): boolean {
  const isOther = before.ring.sale !== told.ring.sale && before.atMs <= told.atMs && before.reached && told.reached;
  if (!isOther || before.payment.paymentId !== told.payment.paymentId) return false;
  const apartMs = Math.abs((told.givenMs ?? told.trueMs) - (before.givenMs ?? before.trueMs));
  const { order: paid } = told.payment;
  const { order } = told.ring;
  if (isKnownByKey(told.payment, order)) return false;
  const isById = order.orderIdGiven && plan.stations[told.station]?.orderIdScope !== 'none';
  if (order.bodyDigest !== paid.bodyDigest) return true;
  return apartMs > (isById ? TIMES.repeatWindowMs : SAME_BODY_MS + TIMES.paymentTimeoutMs);
}

/** I5: what HiPay has is what was charged, once each. */
export function gatewayViolations({ stations, orders, ...evidence }: Evidence): Violation[] {
  const all = { stations, orders, ...evidence };
  const missing = stations.flatMap((station) =>
    [...station.payments.values()].flatMap((payment) =>
      isDue(payment, station, all) ? registered(payment, station, all) : [],
    ),
  );
  const charged = new Map(stations.flatMap(approved).map(({ paymentId, charge }) => [paymentId, charge]));
  const groundless = orders.flatMap(({ orderId, customData, amount }): Violation[] => {
    const paymentId = String(customData.ecr_payment_id);
    const charge = charged.get(paymentId);
    if (liedAbout(paymentId, all)) return [];
    if (charge === undefined)
      return [{ invariant: 'I5', what: `HiPay has ${orderId}, and no charge was made for ${paymentId}` }];
    if (formatMinor(charge.amountMinor) === amount) return [];
    return [{ invariant: 'I5', what: `HiPay has ${amount} for ${paymentId}; ${charge.amountMinor} was taken` }];
  });
  return [...missing, ...groundless];
}

function isDue(payment: Payment, station: StationEvidence, evidence: Evidence): boolean {
  const isCharged = approved(station).some(({ paymentId }) => paymentId === payment.paymentId);
  const isOurs = payment.state === 'approved' && payment.registration.status !== 'parked';
  return isCharged && isOurs && !liedAbout(payment.paymentId, evidence);
}

function registered(
  { paymentId, registration, answer }: Payment,
  station: StationEvidence,
  { orders }: Evidence,
): Violation[] {
  const booked = orders.filter(({ customData }) => customData.ecr_payment_id === paymentId);
  const known = station.facts.filter((fact) => fact.paymentId === paymentId).map(({ kind }) => kind);
  const isAnsweredFirst = known.indexOf('answered') < known.indexOf('registering');
  const merchantId = merchantIdFor(isAnsweredFirst ? answer?.bytesMasked : undefined);
  const [order] = booked;
  if (registration.status !== 'registered' || booked.length !== 1) {
    return [
      { invariant: 'I5', what: `${paymentId} is ${registration.status}, and HiPay has ${booked.length} orders of it` },
    ];
  }
  if (order?.reference === registration.reference && order?.merchantId === merchantId) return [];
  return [{ invariant: 'I5', what: `${paymentId}: HiPay has ${order?.reference} on ${order?.merchantId}` }];
}

/** By the MODE that the terminal answered (B, D and G are contactless); without an answer it is by contact, with a warning (rule 14). */
function merchantIdFor(bytesMasked: string | undefined): string {
  const mode = bytesMasked?.at(MODE_AT);
  if (mode === undefined) return CONTRACTS.proxy.merchantId;
  return ('BDG'.includes(mode) ? CONTRACTS.nfc : CONTRACTS.proxy).merchantId;
}

/** I12: the day's sums of terminal, journal and HiPay. */
export function totalViolations(evidence: Evidence): Violation[] {
  if (evidence.history.of('settled').some(({ lies }) => lies)) return [];
  const ofTerminal = evidence.stations.flatMap((station) => approved(station));
  const isListed = (one: ChargeOf, station: StationEvidence | undefined) =>
    station?.payments.get(one.paymentId ?? '')?.state === 'approved';
  const unexplained = evidence.stations.flatMap((station) =>
    approved(station).filter((one) => !isListed(one, station)),
  );
  const payments = evidence.stations
    .flatMap(({ payments }) => [...payments.values()])
    .filter(({ state }) => state === 'approved');
  const told = payments.filter(({ registration }) => registration.status === 'registered');
  const terminalMinor =
    sum(ofTerminal.map(({ charge }) => charge.amountMinor)) - sum(unexplained.map(({ charge }) => charge.amountMinor));
  const journalMinor = sum(payments.map(({ amountTakenMinor = 0 }) => amountTakenMinor));
  const toldMinor = sum(told.map(({ amountTakenMinor = 0 }) => amountTakenMinor));
  const references = new Set(told.map(({ registration }) => registration.reference));
  const bookedMinor = sum(
    evidence.orders
      .filter(({ reference }) => references.has(reference))
      .map(({ amount }) => Math.round(Number(amount) * 100)),
  );
  if (terminalMinor === journalMinor && toldMinor === bookedMinor) return [];
  const what = `terminal ${terminalMinor}, journal ${journalMinor}, of it told ${toldMinor}, at HiPay ${bookedMinor}`;
  return [{ invariant: 'I12', what }];
}

function sum(amounts: number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
