import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Fact } from '../payments/fact.ts';
import type { Payment } from '../payments/payment.ts';

/** A payment in short, as the list shows it. */
export function paymentListItem(payment: Payment): Record<string, unknown> {
  const { order, amountTakenMinor } = payment;
  return present({
    paymentId: payment.paymentId,
    orderId: order.orderId,
    outcome: payment.state,
    amount: formatMinor(order.amountMinor),
    amountTaken: amountTakenMinor === undefined ? undefined : formatMinor(amountTakenMinor),
    currency: order.currency,
    transactionType: order.transactionType,
    acceptedAt: iso(payment.acceptedAtMs),
    decidedAt: iso(payment.decidedAtMs),
    errorCode: payment.code,
    paymentApplication: payment.paymentApplication,
    registration: payment.registration.status,
    alarms: payment.alarms,
    told: payment.toldAtMs !== undefined,
  });
}

/** A payment with all that a technician needs. What the terminal sent was masked before it was kept. */
export function paymentDetails(payment: Payment, facts: Fact[]): Record<string, unknown> {
  const { order, settled } = payment;
  return present({
    ...paymentListItem(payment),
    detail: payment.detail,
    forceAuthorization: order.forceAuthorization,
    orderIdGiven: order.orderIdGiven,
    idempotencyKey: order.idempotencyKey,
    cart: order.sent.cart,
    customer: order.sent.customer,
    customData: order.sent.customData,
    toldAt: iso(payment.toldAtMs),
    forgottenAt: iso(payment.forgottenAtMs),
    contradicted: payment.contradicted,
    settled: settled && settlement(settled),
    terminal: terminal(payment),
    hipay: registration(payment),
    facts: facts.map(factBody),
  });
}

function settlement({ outcome, note, by, atMs, version }: NonNullable<Payment['settled']>): Record<string, unknown> {
  return { outcome, note, by, at: iso(atMs), version };
}

function terminal({ asked, answer }: Payment): Record<string, unknown> | undefined {
  if (asked === undefined && answer === undefined) return undefined;
  return present({
    askedAt: iso(asked?.atMs),
    token: asked?.token,
    posNumber: asked?.posNumber,
    port: asked?.device.port,
    device: asked?.device.identity,
    answeredAt: iso(answer?.atMs),
    result: answer?.stat,
    mode: answer?.mode,
    matchedBy: answer?.matchedBy,
    answer: answer?.bytesMasked,
  });
}

function registration({ registration: of }: Payment): Record<string, unknown> {
  return present({
    status: of.status,
    attempts: of.attempts,
    sent: of.bytesLeft,
    hipayOrderId: of.hipayOrderId,
    environment: of.target.environment,
    url: of.target.url,
    login: of.target.login,
    merchantId: of.merchantId,
    withoutCart: of.cartDropped,
    mayBeBooked: of.mayBeBooked ?? false,
    lastAttemptAt: iso(of.lastAttemptAtMs),
    reference: of.reference,
    detail: of.detail,
  });
}

/** The order stands in the payment already, and the bytes of the line have a page of their own. */
function factBody(fact: Fact): Record<string, unknown> {
  const { paymentId: _paymentId, atMs, kind, ...rest } = fact;
  if (fact.kind === 'accepted') return { kind, at: iso(atMs), target: fact.target, hipayOrderId: fact.hipayOrderId };
  if (fact.kind === 'traced') return { kind, at: iso(atMs), lines: fact.lines.length };
  return { kind, at: iso(atMs), ...rest };
}

export function iso(ms: number): string;
export function iso(ms: number | undefined): string | undefined;
export function iso(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** Without the fields that there are not. */
export function present(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
