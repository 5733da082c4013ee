import type { BookedOrder } from '@hipay-ecr/simulator/gateway/order-book.ts';
import type { Fact } from '../../packages/service/src/payments/fact.ts';
import { fold } from '../../packages/service/src/payments/fold.ts';
import type { Violation } from '../torture/violation.ts';
import type { JournalOnDisk } from './journal-on-disk.ts';

/** What has left the process so far, each of which must be on disk by then (I6). */
export interface Left {
  /** The private field of each request that the terminal took, and how many there were. */
  tokens: string[];
  frames: number;
  /** The masked bytes of each answer that got an ACK. */
  acknowledged: string[];
  /** What tills were told of a payment. */
  told: { paymentId: string; outcome: string; errorCode?: string }[];
  orders: readonly BookedOrder[];
}

/** The codes that say themselves that the journal could not be written. */
const SAY_SO = ['1107', '1108'];

/** I6, by the journal as a dead process left it, without whatever no sync had secured. */
export function durabilityViolations(left: Left, { facts, orphans, damage }: JournalOnDisk): Violation[] {
  const i6 = (what: string): Violation => ({ invariant: 'I6', what });
  const asked = facts.filter((fact) => fact.kind === 'asked');
  const answers = new Set([
    ...facts.flatMap((fact) => (fact.kind === 'answered' ? [fact.bytesMasked] : [])),
    ...orphans.map(({ bytesMasked }) => bytesMasked),
  ]);
  const ofPayment = Map.groupBy(facts, ({ paymentId }) => paymentId);
  const unasked = left.tokens.filter((token) => token.trim() !== '' && !asked.some((fact) => fact.token === token));
  return [
    ...damage.map((what): Violation => ({ invariant: 'I7', what })),
    ...unasked.map((token) => i6(`the terminal took the request with ${token}, which is not on disk`)),
    ...(asked.length < left.frames
      ? [i6(`the terminal took ${left.frames} requests, and ${asked.length} are on disk`)]
      : []),
    ...left.acknowledged
      .filter((bytes) => !answers.has(bytes))
      .map((bytes) => i6(`"${bytes}" got its ACK and is not on disk`)),
    ...left.told
      .filter(({ errorCode = '' }) => !SAY_SO.includes(errorCode))
      .filter(({ paymentId, outcome }) => !hasStood(ofPayment.get(paymentId) ?? [], outcome))
      .map(({ paymentId, outcome }) => i6(`${paymentId} was told ${outcome}, which is not on disk`)),
    ...left.orders
      .filter(
        ({ orderId, customData }) =>
          !(ofPayment.get(String(customData.ecr_payment_id)) ?? []).some(
            (fact) => fact.kind === 'registering' && fact.hipayOrderId === orderId,
          ),
      )
      .map(({ orderId }) => i6(`order ${orderId} was sent to HiPay, and its attempt is not on disk`)),
  ];
}

/** Whether the facts, or a beginning of them, come to this outcome. */
function hasStood(facts: Fact[], outcome: string): boolean {
  return facts.some((_, i) => {
    const payment = fold(facts.slice(0, i + 1));
    // An approval of another amount is told as unknown (rule 9).
    return payment?.state === outcome || (outcome === 'unknown' && payment?.state === 'approved');
  });
}
