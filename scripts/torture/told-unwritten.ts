import type { Payment } from '../../packages/service/src/payments/payment.ts';
import { sameMoney } from '../../packages/service/src/payments/repetition.ts';
import type { Evidence } from './evidence.ts';
import type { Happened, HappenedOf, Ring } from './history.ts';

/**
 * A till that is told that the journal cannot be written hears, too, that nothing was sent (1107). The payment had no other
 * end than not_sent either, which the disk took after all; the next request for that order is a new payment (rule 4).
 */
export function wasToldUnwritten(
  { payment: { paymentId, order }, station }: { payment: Payment; station: number },
  began: Happened,
  { history: { events } }: Evidence,
): boolean {
  const isOut = (event: Happened) => event.kind === 'frame_out' && event.paymentId === paymentId;
  const since = events.slice(events.findLastIndex(isOut) + 1, events.indexOf(began));
  const here = since.filter((event) => event.station === station);
  const isNotSent = here.some(
    (event) => event.kind === 'committed' && event.paymentId === paymentId && event.facts.includes('not_sent'),
  );
  const own = ringsOf(
    { paymentId, order },
    events.filter((event) => event.station === station),
  );
  const isTold = here.some(
    (event) => event.kind === 'declined' && event.reached && event.code === '1107' && own.has(event.ring),
  );
  return isNotSent && isTold;
}

/**
 * The same, and the answer was kept before that end was written: the payment is approved, and has an alarm once what the till
 * heard is written behind it. Whoever asks again then, having heard that nothing was sent, asks for another sale where no
 * order_id says otherwise (I2, rule 4).
 */
export function wasToldNothingSent(
  { payment: { paymentId, order }, station }: { payment: Payment; station: number },
  began: Happened,
  { history: { events } }: Evidence,
): boolean {
  const here = events.slice(0, events.indexOf(began)).filter((event) => event.station === station);
  const own = ringsOf({ paymentId, order }, here);
  const heardAt = here.findIndex(
    (event) => event.kind === 'declined' && event.reached && event.code === '1107' && own.has(event.ring),
  );
  const isToldWritten = (event: Happened) =>
    event.kind === 'committed' && event.paymentId === paymentId && event.facts.includes('told');
  return heardAt !== -1 && here.slice(heardAt).some(isToldWritten);
}

/**
 * The requests that may have asked for this payment: those under way as it began, and those that came until one of them had its
 * word, as they share its result. One that comes later is answered from the journal, or begins another payment.
 */
export function ringsOf(
  { paymentId, order }: Pick<Payment, 'paymentId' | 'order'>,
  events: readonly Happened[],
): ReadonlySet<Ring> {
  const isOfIt = (ring: Ring) => ring.order.orderId === order.orderId && sameMoney(ring.order, order);
  const rings = new Set<Ring>();
  let hasBegun = false;
  for (const event of events) {
    if (event.kind === 'committed' && event.paymentId === paymentId) hasBegun = true;
    if (event.kind === 'asked' && isOfIt(event.ring)) rings.add(event.ring);
    if (!hasWord(event) || !rings.has(event.ring)) continue;
    if (hasBegun) break;
    rings.delete(event.ring);
  }
  return rings;
}

/** A till that has hung up is still at it: the desk has its word, too, which then reaches nobody. */
function hasWord(event: Happened): event is HappenedOf<'told' | 'declined' | 'broken'> {
  return event.kind === 'told' || event.kind === 'declined' || event.kind === 'broken';
}
