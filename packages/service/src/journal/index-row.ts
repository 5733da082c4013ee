import type { Payment, PaymentStanding } from '../payments/payment.ts';
import type { IndexRow, StandingRow, StoredFact } from './store.ts';

/**
 * The index row of a payment. `askedSeq`: the place of its `asked` fact among all facts. Each row on disk is held against what
 * this makes of the facts: a program that makes another one of the facts of old journals has to rebuild their index first.
 */
export function indexRow(payment: Payment, askedSeq: number | null): IndexRow {
  const { paymentId, version, order, acceptedAtMs, state, asked, registration, alarms, forgottenAtMs } = payment;
  const { decidedAtMs = null, toldAtMs = null, bootAtMs = null, bootId = null } = payment;
  return {
    paymentId,
    version,
    orderId: order.orderId,
    acceptedAtMs,
    state,
    token: asked === undefined || asked.token === '' ? null : asked.token,
    askedSeq,
    registration: registration.status,
    alarmed: alarms.length > 0 ? 1 : 0,
    forgotten: forgottenAtMs === undefined ? 0 : 1,
    idempotencyKey: order.idempotencyKey ?? null,
    ...{ decidedAtMs, toldAtMs, bootAtMs, bootId },
    timesStoodStill: payment.timesStoodStill ? 1 : 0,
  };
}

/** What the index alone tells of a payment, no fact being read. */
export function standingIn({ paymentId, acceptedAtMs, state, ...times }: StandingRow): PaymentStanding {
  const { decidedAtMs, toldAtMs, bootAtMs, bootId, timesStoodStill } = times;
  return {
    ...{ paymentId, acceptedAtMs, state },
    ...(decidedAtMs !== null && { decidedAtMs }),
    ...(toldAtMs !== null && { toldAtMs }),
    ...(bootAtMs !== null && { bootAtMs }),
    ...(bootId !== null && { bootId }),
    ...(timesStoodStill === 1 && { timesStoodStill: true }),
  };
}

/** The place of the last `asked` among these facts. */
export function askedSeqIn(facts: StoredFact[]): number | null {
  return facts.findLast(({ kind }) => kind === 'asked')?.seq ?? null;
}

/** Whether they agree in all that the first one says. */
export function sameRow<Row extends Partial<IndexRow>>(one: Row, other: IndexRow): boolean {
  return (Object.keys(one) as (keyof IndexRow)[]).every((column) => one[column] === other[column]);
}
