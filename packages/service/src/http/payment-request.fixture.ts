import type { Order } from '../payments/order.ts';
import { type PaymentRequestOptions, readPaymentRequest } from './payment-request-body.ts';

export const options: PaymentRequestOptions = {
  allowedCurrencies: ['EUR', 'CHF'],
  allowedTransactionTypes: ['Debit', 'Credit'],
  nowMs: () => Date.UTC(2026, 0, 5, 9, 8, 7),
  randomHex: (digits) => 'a1b2c3d4'.slice(0, digits),
};

export function orderOf(body: unknown, more: Partial<PaymentRequestOptions> = {}): Order {
  const read = readPaymentRequest(body, { ...options, ...more });
  if (!read.ok) throw new Error(read.problems.join('; '));
  return read.order;
}

export function problemsOf(body: unknown, more: Partial<PaymentRequestOptions> = {}): string[] {
  const read = readPaymentRequest(body, { ...options, ...more });
  return read.ok ? [] : read.problems;
}

export function warningsOf(body: unknown): string[] {
  const read = readPaymentRequest(body, options);
  if (!read.ok) throw new Error(read.problems.join('; '));
  return read.warnings;
}
