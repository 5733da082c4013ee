import type { Ages } from './ages.ts';
import { centreLimits } from './centre-limits.ts';
import type { FactBody } from './fact.ts';
import type { Payment } from './payment.ts';
import type { FoundOrder, RegisterAnswer } from './ports.ts';

/** What a registration attempt's end means: the fact to write, and when the next step is due. */
export interface AttemptEnd {
  fact: FactBody;
  next: NextStep;
  /** HiPay itself spoke: it is not away. */
  heardFromHipay: boolean;
  /** Somebody must mend the account or the configuration: said in the log and in health. */
  alarm?: string;
}

/** done: nothing more to do · now, backoff, hourly: send again then · look_up: ask HiPay now · look_up_later: once it must show there. */
export type NextStep = 'done' | 'now' | 'backoff' | 'hourly' | 'look_up' | 'look_up_later';

/** HiPay's codes (HiPay error messages page): what cannot succeed however often it is sent. */
const UNSUPPORTED_CURRENCY = '3010001';
const AMOUNT_LIMIT_EXCEEDED = '3010002';
const PARAMETER_MISSING = '1010101';
/** Something is booked under this order id already: 3010003 to 3010008. Whose it is, a look-up tells. */
const ORDER_ID_TAKEN = /^301000[3-8]$/;
const VALIDATION = /^101\d{4}$/;
/** Credentials, rights, or a product that the account does not have (yet). */
const ACCOUNT = /^(100\d{4}|102000[1-3])$/;

/** Rule 13: only a HiPay body decides. */
export function afterAttempt(
  answer: RegisterAnswer,
  payment: Payment,
  settings: { hashKeyConfigured: boolean; hasCart: boolean },
): AttemptEnd {
  const { attempts: n, hipayOrderId, cartDropped } = payment.registration;
  const again = (fate: { bytesLeft: boolean; fateKnown: boolean; dropCart?: boolean }): FactBody => ({
    kind: 'not_registered',
    n,
    dropCart: false,
    detail: answer.detail,
    ...fate,
  });
  if (answer.kind === 'no_word') {
    const { bytesLeft } = answer;
    const denied = answer.httpStatus === 401 || answer.httpStatus === 403;
    return {
      fact: again({ bytesLeft, fateKnown: false }),
      next: bytesLeft ? 'look_up_later' : 'backoff',
      heardFromHipay: false,
      ...(denied && { alarm: `HiPay refuses this account or this address: ${answer.detail}` }),
    };
  }
  if (answer.kind === 'state') {
    const booked = answer.state === 'completed' || answer.state === 'pending';
    const fact: FactBody = booked
      ? { kind: 'registered', reference: answer.reference, hipayOrderId }
      : { kind: 'parked', code: answer.state, detail: answer.detail };
    return { fact, next: 'done', heardFromHipay: true };
  }
  const { code, detail } = answer;
  const booking = { bytesLeft: true, fateKnown: true };
  if (ORDER_ID_TAKEN.test(code)) {
    return { fact: again({ bytesLeft: true, fateKnown: false }), next: 'look_up', heardFromHipay: true };
  }
  const unsigned = code === PARAMETER_MISSING && !settings.hashKeyConfigured;
  if (ACCOUNT.test(code) || unsigned || answer.httpStatus === 401 || answer.httpStatus === 403) {
    return { fact: again(booking), next: 'hourly', heardFromHipay: true, alarm: accountAlarm(code, detail, unsigned) };
  }
  if (VALIDATION.test(code) && settings.hasCart && !cartDropped) {
    return { fact: again({ ...booking, dropCart: true }), next: 'now', heardFromHipay: true };
  }
  if (VALIDATION.test(code) || code === UNSUPPORTED_CURRENCY || code === AMOUNT_LIMIT_EXCEEDED) {
    return { fact: { kind: 'parked', code, detail }, next: 'done', heardFromHipay: true };
  }
  return { fact: again(booking), next: 'backoff', heardFromHipay: true };
}

function accountAlarm(code: string, detail: string, unsigned: boolean): string {
  return unsigned
    ? `HiPay misses a parameter (${code}: ${detail}), and no hipay_hash_key is configured: ask HiPay for it and set it in config.yml.`
    : `HiPay does not take registrations of this account (${code}: ${detail}): check the credentials and the account with HiPay.`;
}

/** Whose an order found at HiPay under our order id is (rule 11). */
export type Ownership = { kind: 'ours'; reference: string } | { kind: 'not_ours' } | { kind: 'conflict' };

export function ownershipOf(orders: FoundOrder[], payment: Payment): Ownership {
  const ours = orders.find((order) => order.paymentId === payment.paymentId);
  if (ours !== undefined) return { kind: 'ours', reference: ours.reference };
  const bare = orders.filter((order) => !order.hasCustomData);
  if (bare.length === 0) return { kind: 'not_ours' };
  const { status, lastAttemptAtMs } = payment.registration;
  const fateUnknown = status === 'unclear' || status === 'registering';
  const candidate = bare.find(
    ({ createdAtMs }) =>
      fateUnknown &&
      createdAtMs !== undefined &&
      lastAttemptAtMs !== undefined &&
      createdAtMs >= wholeSecond(lastAttemptAtMs),
  );
  return candidate === undefined ? { kind: 'conflict' } : { kind: 'ours', reference: candidate.reference };
}

/** HiPay's dates have no fraction of a second. */
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** How long to wait before the next step of a payment's registration. `random`: 0 to 1. */
export function backoffMs(failures: number, random: number): number {
  const doubled = centreLimits.retryFirstMs * 2 ** Math.min(failures - 1, 20);
  return Math.min(doubled, centreLimits.retryMostMs) * (1 + random / 5);
}

/** When the next step is due, from now; a back-off is counted by whoever keeps the failures. */
export function delayMs(payment: Payment, next: Exclude<NextStep, 'done' | 'backoff'>, ages: Ages): number {
  switch (next) {
    case 'now':
    case 'look_up':
      return 0;
    case 'look_up_later': {
      const [firstMs] = centreLimits.lookUpsAfterMs;
      const age = ages.of(payment, payment.registration.lastAttemptAtMs ?? 0);
      return age === 'in_doubt' ? firstMs : Math.max(0, firstMs - age);
    }
    case 'hourly':
      return centreLimits.retryHourlyMs;
  }
}
