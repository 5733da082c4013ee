import type { ErrorCode } from '@hipay-ecr/shared/errors.ts';
import { describeError, type Language } from '@hipay-ecr/shared/errors.ts';
import { formatMinor } from '@hipay-ecr/shared/money.ts';
import { assert } from '../payments/assert.ts';
import type { Json, Order, TransactionType } from '../payments/order.ts';
import { type Outcome, type Payment, standingWord } from '../payments/payment.ts';

export interface PaymentResponseBody {
  paymentStatus: 'SUCCESS' | 'FAILURE';
  notificationHipaySent: boolean;
  numberOfNotificationSent: number;
  errorCode?: ErrorCode;
  errorDescription?: string;
  amount: number | string;
  currency: string;
  orderId: string;
  transationType: TransactionType;
  forceAuthorization: boolean;
  cart: Json;
  customer: Json;
  customData: Json;
  transactionType: TransactionType;
  paymentId: string;
  outcome: Outcome;
  paymentApplication?: string;
  replayed?: true;
  paidAt?: string;
  settled?: { outcome: 'approved' | 'refused'; by: string; at: string };
}

export interface ResponseSettings {
  language: Language;
}

/** HiPay's documentation knows 0, 1 and 2; a third request is in the journal only. */
const MOST_NOTIFICATIONS_SHOWN = 2;

/** What the till is told. Of `request`, the request that is answered now, only the spelling of the amount is taken. */
export function paymentResponseBody(
  payment: Payment,
  request: Order,
  replayed: boolean,
  settings: ResponseSettings,
): PaymentResponseBody {
  const { order, registration } = payment;
  const { outcome, code, detail } = toldOutcome(payment);
  const body: PaymentResponseBody = {
    paymentStatus: code === undefined ? 'SUCCESS' : 'FAILURE',
    notificationHipaySent: registration.status === 'registered',
    numberOfNotificationSent: Math.min(MOST_NOTIFICATIONS_SHOWN, registration.bytesLeft),
    ...(code && { errorCode: code, errorDescription: description(payment, code, detail, settings) }),
    amount: request.sent.amount,
    currency: order.currency,
    orderId: order.orderId,
    transationType: order.transactionType,
    forceAuthorization: order.forceAuthorization,
    cart: order.sent.cart,
    customer: order.sent.customer,
    customData: order.sent.customData,
    transactionType: order.transactionType,
    paymentId: payment.paymentId,
    outcome,
  };
  if (payment.paymentApplication !== undefined) body.paymentApplication = payment.paymentApplication;
  if (replayed) body.replayed = true;
  if (replayed && code === undefined) body.paidAt = new Date(payment.decidedAtMs ?? payment.acceptedAtMs).toISOString();
  const settled = standingWord(payment);
  if (settled !== undefined) {
    body.settled = { outcome: settled.outcome, by: settled.by, at: new Date(settled.atMs).toISOString() };
  }
  return body;
}

/** No code: SUCCESS. It needs the amount taken to be the amount asked (rule 9), whoever said what was taken. */
function toldOutcome(payment: Payment): { outcome: Outcome; code?: ErrorCode; detail?: string } {
  const { state, order } = payment;
  assert(state !== 'opening' && state !== 'running', `payment ${payment.paymentId} is told while it is ${state}`);
  const takenMinor = payment.amountTakenMinor ?? order.amountMinor;
  if (state === 'approved' && takenMinor === order.amountMinor) return { outcome: state };
  if (state === 'approved') {
    const detail = `${formatMinor(takenMinor)} was taken, not ${formatMinor(order.amountMinor)}`;
    return { outcome: 'unknown', code: '1005', detail };
  }
  assert(payment.code !== undefined, `payment ${payment.paymentId} is ${state} without a code`);
  return { outcome: state, code: payment.code, ...(payment.detail !== undefined && { detail: payment.detail }) };
}

function description(
  payment: Payment,
  code: ErrorCode,
  detail: string | undefined,
  settings: ResponseSettings,
): string {
  const { order } = payment;
  const settled = standingWord(payment);
  return describeError(code, settings.language, {
    amountMinor: order.amountMinor,
    currency: order.currency,
    // The texts of 1110 are about the other order, which its detail names; this one has not been approved.
    ...(code !== '1110' && { orderId: order.orderId }),
    atMs: payment.asked?.atMs ?? payment.acceptedAtMs,
    ...taken(payment),
    paymentId: payment.paymentId,
    ...(settled !== undefined && { settled }),
    ...(payment.notSentBecause !== undefined && { notSentBecause: payment.notSentBecause }),
    ...(detail !== undefined && { detail }),
  });
}

/** Of a payment that a person settled as refused, what the terminal said of it stands beside that. */
function taken(payment: Payment): { takenMinor?: number; takenCurrency?: string } {
  const { tookElsewhere } = payment;
  const takenMinor = payment.amountTakenMinor ?? (tookElsewhere === undefined ? payment.terminalTookMinor : undefined);
  if (takenMinor !== undefined) return { takenMinor };
  if (tookElsewhere === undefined || (tookElsewhere.amountMinor === undefined && payment.state === 'unknown'))
    return {};
  const { amountMinor, currencyNumeric } = tookElsewhere;
  return { takenCurrency: currencyNumeric, ...(amountMinor !== undefined && { takenMinor: amountMinor }) };
}
