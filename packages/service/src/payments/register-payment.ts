import type { Ages } from './ages.ts';
import { centreLimits } from './centre-limits.ts';
import type { CentreSettings } from './centre-settings.ts';
import { chooseContract } from './choose-contract.ts';
import type { FactBody } from './fact.ts';
import { ownHipayOrderId } from './hipay-order-id.ts';
import type { HipayPresence } from './hipay-presence.ts';
import type { Payment } from './payment.ts';
import type { HipayGateway, Journal, Log } from './ports.ts';
import { afterAttempt, type NextStep, ownershipOf } from './retry-policy.ts';

export interface RegisterPaymentRooms {
  journal: Journal;
  gateway: HipayGateway;
  ages: Ages;
  log: Log;
  settings: CentreSettings;
  presence: HipayPresence;
}

/** How one step of a registration ended, and what is due next; `lookedUp`: one look-up has found nothing so far. */
export type StepEnd =
  | { payment: Payment; next: NextStep }
  | { payment: Payment; next: 'wait'; waitMs: number; lookedUp: boolean }
  | { payment: Payment; next: 'send'; hipayOrderId: string };

/** Whether HiPay is still the one (account, address) that this payment was meant for (rule 14). */
export function targetStands({ registration: { target } }: Payment, { target: present }: CentreSettings): boolean {
  return target.environment === present.environment && target.url === present.url && target.login === present.login;
}

/** The fact that must be durable before a POST; undefined where no contract is configured at all. */
export function registeringFact(
  payment: Payment,
  hipayOrderId: string,
  { settings, log }: Pick<RegisterPaymentRooms, 'settings' | 'log'>,
): FactBody | undefined {
  const { paymentId, paymentApplication, registration } = payment;
  const chosen = chooseContract(paymentApplication, settings.contract);
  if (chosen === undefined) return undefined;
  if (chosen.warning !== undefined) log.warn(chosen.warning, { paymentId });
  return {
    kind: 'registering',
    n: registration.attempts + 1,
    hipayOrderId,
    target: registration.target,
    merchantId: registration.merchantId ?? chosen.contract.merchantId,
    withCart: !registration.cartDropped,
  };
}

/** POSTs a payment whose `registering` fact is durable, and writes down what came of it. */
export async function attempt(payment: Payment, rooms: RegisterPaymentRooms): Promise<StepEnd> {
  const { journal, gateway, settings, presence, log } = rooms;
  const { paymentId, order, registration } = payment;
  const answer = await gateway.register({
    paymentId,
    hipayOrderId: registration.hipayOrderId,
    order,
    amountMinor: payment.amountTakenMinor ?? order.amountMinor,
    merchantId: registration.merchantId ?? '',
    target: registration.target,
    withCart: !registration.cartDropped,
  });
  const end = afterAttempt(answer, payment, {
    hashKeyConfigured: settings.hashKeyConfigured,
    hasCart: order.cart !== null,
  });
  if (end.heardFromHipay) presence.heard();
  else presence.failed(answer.detail);
  if (end.alarm !== undefined) {
    presence.alarm = end.alarm;
    log.error(end.alarm, { paymentId, orderId: order.orderId });
  }
  const after = await journal.append(paymentId, [end.fact]);
  return { payment: after, next: end.next };
}

/** Asks HiPay whether an attempt of unknown fate has booked anything (rules 11 and 12). */
export async function lookUp(payment: Payment, lookedUpBefore: boolean, rooms: RegisterPaymentRooms): Promise<StepEnd> {
  const { gateway, presence } = rooms;
  const { hipayOrderId, target } = payment.registration;
  const answer = await gateway.lookUp(hipayOrderId, target);
  switch (answer.kind) {
    case 'found':
      presence.heard();
      return found(payment, ownershipOf(answer.orders, payment), rooms);
    case 'none':
      presence.heard();
      return foundNothing(payment, lookedUpBefore, rooms);
    case 'no_word': {
      const denied = answer.httpStatus === 401 || answer.httpStatus === 403;
      if (answer.code === undefined) presence.failed(answer.detail);
      if (denied) presence.alarm = `HiPay refuses this account or this address: ${answer.detail}`;
      return { payment, next: denied ? 'hourly' : 'backoff' };
    }
  }
}

/** HiPay shows an order only a while after it was booked, so one `no` is not enough, nor are two early ones. */
async function foundNothing(payment: Payment, lookedUpBefore: boolean, rooms: RegisterPaymentRooms): Promise<StepEnd> {
  const { attempts, hipayOrderId, lastAttemptAtMs = 0 } = payment.registration;
  const [firstMs, secondMs] = centreLimits.lookUpsAfterMs;
  const betweenMs = secondMs - firstMs;
  const age = rooms.ages.of(payment, lastAttemptAtMs);
  // Where nobody knows the age, two look-ups a full wait apart stand in for it, by the monotonic clock.
  if (age === 'in_doubt' && !lookedUpBefore) return { payment, next: 'wait', waitMs: secondMs, lookedUp: true };
  if (age !== 'in_doubt' && age < firstMs) return { payment, next: 'wait', waitMs: firstMs - age, lookedUp: false };
  if (age !== 'in_doubt' && (!lookedUpBefore || age < secondMs)) {
    return { payment, next: 'wait', waitMs: Math.max(secondMs - age, betweenMs), lookedUp: true };
  }
  const free = await rooms.journal.append(payment.paymentId, [{ kind: 'looked_up', n: attempts, found: false }]);
  return { payment: free, next: 'send', hipayOrderId };
}

async function found(
  payment: Payment,
  owner: ReturnType<typeof ownershipOf>,
  rooms: RegisterPaymentRooms,
): Promise<StepEnd> {
  const { journal, log } = rooms;
  const { paymentId, order, registration } = payment;
  const { hipayOrderId } = registration;
  if (owner.kind === 'ours') {
    log.info('HiPay has this payment already.', { paymentId, hipayOrderId });
    const fact: FactBody = { kind: 'registered', reference: owner.reference, hipayOrderId };
    return { payment: await journal.append(paymentId, [fact]), next: 'done' };
  }
  const ownId = ownHipayOrderId(order.orderId, paymentId);
  if (owner.kind === 'not_ours' && hipayOrderId !== ownId) {
    log.warn('HiPay has this order id for another payment; it is registered under one of its own.', {
      hipayOrderId,
      ownId,
    });
    return { payment, next: 'send', hipayOrderId: ownId };
  }
  return park(
    payment,
    'conflict',
    `HiPay has another order ${hipayOrderId}, which may or may not be this payment`,
    rooms,
  );
}

/** Leaves it to a person. */
export async function park(
  payment: Payment,
  code: string,
  detail: string,
  { journal }: Pick<RegisterPaymentRooms, 'journal'>,
): Promise<StepEnd> {
  const parked = await journal.append(payment.paymentId, [{ kind: 'parked', code, detail }]);
  return { payment: parked, next: 'done' };
}
