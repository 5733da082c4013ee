import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import { liedAbout } from './excuses.ts';
import type { HappenedOf } from './history.ts';
import { wasToldNothingSent, wasToldUnwritten } from './told-unwritten.ts';
import type { Violation } from './violation.ts';

const ORDER_DAY_MS = 8 * 3600_000;
/** Within which the same body without an order_id is the same sale (rule 4). */
const SAME_BODY_MS = 120_000;

/** A payment that was charged, with when that was. */
interface Charged {
  payment: Payment;
  chargedMs: number;
  chargedTrueMs: number;
}

/** I2: nothing is charged twice, by its order_id, by its key, or, without these, by its sale. */
export function repetitionViolations(evidence: Evidence): Violation[] {
  return evidence.stations.flatMap((station) => {
    const charged = chargedOf(station, evidence);
    const isById = station.plan.orderIdScope !== 'none';
    const byId = Map.groupBy(charged, ({ payment: { order } }) => (isById && order.orderIdGiven ? order.orderId : ''));
    const byKey = Map.groupBy(charged, ({ payment: { order } }) => order.idempotencyKey ?? '');
    const bySale = Map.groupBy(charged, ({ payment: { order } }) =>
      isById && order.orderIdGiven ? '' : order.bodyDigest,
    );
    return [
      ...pairsOf(byId)
        .filter((pair) => !isExcusedById(pair, station, evidence))
        .map((pair) => twice('order_id', pair)),
      ...pairsOf(byKey).map((pair) => twice('Idempotency-Key', pair)),
      ...pairsOf(bySale)
        .filter((pair) => isSameSale(pair, station, evidence))
        .map((pair) => twice('sale without order_id', pair)),
    ];
  });
}

type Pair = [first: Charged, second: Charged];

function chargedOf({ charges, payments, station }: StationEvidence, evidence: Evidence): Charged[] {
  const charged = evidence.history.of('charged').filter((event) => event.station === station && event.charge.approved);
  return charged.flatMap(({ charge, atMs, trueMs }) => {
    const paymentId = charges.find((one) => one.charge === charge)?.paymentId;
    const payment = paymentId === undefined ? undefined : payments.get(paymentId);
    return payment === undefined ? [] : [{ payment, chargedMs: atMs, chargedTrueMs: trueMs }];
  });
}

/** Each charge with the one before it in its group; what belongs to no group stands under ''. */
function pairsOf(groups: Map<string, Charged[]>): Pair[] {
  return [...groups].flatMap(([group, charged]) =>
    group === '' ? [] : charged.slice(1).map((second, i): Pair => [charged[i] as Charged, second]),
  );
}

function twice(what: string, [first, second]: Pair): Violation {
  return {
    invariant: 'I2',
    what: `one ${what} is charged twice: ${first.payment.paymentId}, ${second.payment.paymentId}`,
  };
}

/** The till was told of a refusal and asked again, a person lied, or the order_id stands for another day's sale. */
function isExcusedById([first, second]: Pair, { station }: StationEvidence, evidence: Evidence): boolean {
  const { orderId } = first.payment.order;
  if (liedAbout(first.payment.paymentId, evidence) || liedAbout(second.payment.paymentId, evidence)) return true;
  const began = beginningOf(second.payment.paymentId, evidence);
  const wasRefused = evidence.history
    .of('told')
    .some(
      ({ payment, ring, reached, atMs, station: where }) =>
        where === station &&
        reached &&
        ring.order.orderId === orderId &&
        payment.paymentId === first.payment.paymentId &&
        (payment.state === 'refused' || payment.state === 'not_sent') &&
        atMs <= (began?.atMs ?? 0),
    );
  if (began !== undefined && wasToldUnwritten({ payment: first.payment, station }, began, evidence)) return true;
  const decidedMs = decisionOf(first.payment.paymentId, evidence)?.trueMs ?? first.chargedTrueMs;
  const apartMs = (began?.trueMs ?? 0) - decidedMs;
  // After a restart of the machine there is nothing but the wall to go by (rule 18).
  const wallApartMs = second.payment.acceptedAtMs - (first.payment.decidedAtMs ?? first.payment.acceptedAtMs);
  const isBeyond = apartMs > ORDER_DAY_MS || (wallApartMs > ORDER_DAY_MS && mayHaveRebooted(station, evidence));
  const isAnotherDay = evidence.plan.stations[station]?.orderIdScope === 'day' && isBeyond;
  return wasRefused || (isAnotherDay && (first.payment.state === 'unknown' || first.payment.toldAtMs !== undefined));
}

/** The second was asked while the first ran and nobody waited for it, or soon after, and the first one's result had reached nobody. */
function isSameSale([first, second]: Pair, { station }: StationEvidence, evidence: Evidence): boolean {
  if (liedAbout(first.payment.paymentId, evidence)) return false;
  const asked = beginningOf(second.payment.paymentId, evidence);
  if (asked === undefined) return false;
  const told = evidence.history
    .of('told')
    .filter(
      (event) =>
        event.station === station && event.payment.paymentId === first.payment.paymentId && event.atMs <= asked.atMs,
    );
  if (told.some(({ reached }) => reached)) return false;
  if (wasToldUnwritten({ payment: first.payment, station }, asked, evidence)) return false;
  if (wasToldNothingSent({ payment: first.payment, station }, asked, evidence)) return false;
  if (wasHeldBack(first, asked, evidence, station)) return false;
  // A commit that a crash kept was told to nobody, here either.
  const decidedMs = decisionOf(first.payment.paymentId, evidence)?.trueMs ?? first.chargedTrueMs;
  return asked.trueMs - decidedMs <= SAME_BODY_MS;
}

/** The till was told that it may be the same sale (1110), and asked again all the same. */
function wasHeldBack(
  { chargedMs, payment }: Charged,
  asked: HappenedOf<'committed'>,
  { history }: Evidence,
  station: number,
): boolean {
  return history
    .of('declined')
    .some(
      (event) =>
        event.station === station &&
        event.code === '1110' &&
        event.reached &&
        event.ring.order.bodyDigest === payment.order.bodyDigest &&
        event.atMs >= chargedMs &&
        event.atMs <= asked.atMs,
    );
}

/** When the payment's first fact was written. */
function beginningOf(paymentId: string, { history }: Evidence): HappenedOf<'committed'> | undefined {
  return history.of('committed').find((event) => event.paymentId === paymentId);
}

function decisionOf(paymentId: string, { history }: Evidence): HappenedOf<'committed'> | undefined {
  return history
    .of('committed')
    .find(
      (event) => event.paymentId === paymentId && event.facts.some((kind) => kind === 'answered' || kind === 'unclear'),
    );
}

function mayHaveRebooted(station: number, { plan }: Evidence): boolean {
  return plan.troubles.some((trouble) => trouble.kind === 'crash' && trouble.station === station && trouble.reboots);
}
