import type { BookedOrder } from './order-book.ts';
import type { CheckedForm, ProductCode } from './order-form.ts';

const STATUSES: Record<ProductCode, { status: string; message: string }> = {
  200000: { status: '116', message: 'Authorized' },
  200100: { status: '118', message: 'Captured' },
  200350: { status: '169', message: 'Credit Requested' },
};
const PENDING = { status: '112', message: 'Authorized and Pending' };
const NOT_BOOKED = { status: '113', message: 'Refused' };
const NONE = '0.00';

/** A transaction as HiPay's answers show it: every value is a text, and an empty one where there is nothing (HiPay sample answers). */
export function transactionBody(order: BookedOrder): Record<string, unknown> {
  const { state, code, amount } = order;
  const { status, message } = state === 'pending' ? PENDING : STATUSES[code];
  return {
    ...commonBody(order, order.bookedAtMs),
    state,
    reason: '',
    transactionReference: order.reference,
    dateAuthorized: hipayDate(order.bookedAtMs),
    status,
    message,
    authorizedAmount: code === '200350' ? NONE : amount,
    capturedAmount: code === '200100' ? amount : NONE,
    creditedAmount: code === '200350' ? amount : NONE,
  };
}

/** The answer to an order that was not booked, by its state. */
export function notBookedBody(
  form: CheckedForm,
  state: 'declined' | 'error' | 'forwarding',
  nowMs: number,
): Record<string, unknown> {
  return {
    ...commonBody(form, nowMs),
    state,
    reason: { code: '4000001', message: 'Declined by the simulated gateway' },
    transactionReference: '',
    forwardUrl: state === 'forwarding' ? 'https://simulated.invalid/forward' : '',
    ...NOT_BOOKED,
    authorizedAmount: NONE,
    capturedAmount: NONE,
    creditedAmount: NONE,
  };
}

function commonBody(form: CheckedForm, atMs: number): Record<string, unknown> {
  const { customer, merchantId, currency } = form;
  return {
    test: 'true',
    mid: merchantId,
    attemptId: '1',
    authorizationCode: '',
    forwardUrl: '',
    dateCreated: hipayDate(atMs),
    dateUpdated: hipayDate(atMs),
    refundedAmount: NONE,
    chargebackedAmount: NONE,
    decimals: '2',
    currency,
    ipAddress: '0.0.0.0',
    ipCountry: '',
    deviceId: '',
    avsResult: '',
    cvcResult: '',
    eci: '10',
    paymentProduct: 'tpe',
    paymentMethod: '',
    threeDSecure: '',
    fraudScreening: { scoring: '0', result: 'ACCEPTED', review: '' },
    customData: Object.fromEntries(Object.entries(form.customData).map(([key, value]) => [key, asText(value)])),
    order: {
      id: form.orderId,
      dateCreated: hipayDate(atMs),
      attempts: '1',
      amount: form.amount,
      shipping: NONE,
      tax: NONE,
      decimals: '2',
      currency,
      customerId: customer.id,
      language: 'en_US',
      email: customer.email,
    },
    debitAgreement: '',
  };
}

/** HiPay gives booleans back as "1" and "" (HiPay signature verification page). */
function asText(value: boolean | number | string): string {
  if (typeof value === 'boolean') return value ? '1' : '';
  return String(value);
}

/** 2026-01-05T09:00:00+0000 */
function hipayDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+0000`;
}
