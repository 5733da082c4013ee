import type { BookedOrder } from '../gateway/order-book.ts';
import { checkPayment } from './check-payment.ts';

const order = { amount: '12.50', currency: 'EUR', order_id: 'demo-1' };
const success = { httpStatus: 200, body: { paymentStatus: 'SUCCESS' } };

function booked(more: Partial<BookedOrder> = {}): BookedOrder {
  return {
    orderId: 'demo-1',
    amount: '12.50',
    currency: 'EUR',
    operation: 'Sale',
    code: '200000',
    merchantId: '1234567',
    customData: {},
    basket: [],
    customer: { id: '', firstname: '', lastname: '', email: '' },
    reference: '800000000001',
    state: 'completed',
    bookedAtMs: 0,
    ...more,
  };
}

test.each([
  ['all is well', success, [booked()], []],
  ['another order beside it changes nothing', success, [booked({ orderId: 'other' }), booked({ amount: '12.5' })], []],
  [
    'a refusal',
    { httpStatus: 200, body: { paymentStatus: 'FAILURE', errorDescription: 'refused' } },
    [],
    ['paymentStatus is FAILURE, not SUCCESS: refused', 'HiPay has no order demo-1'],
  ],
  ['HiPay was not told', success, [], ['HiPay has no order demo-1']],
  ['told twice', success, [booked(), booked()], ['HiPay has 2 orders demo-1, not one']],
  [
    'the wrong contract',
    success,
    [booked({ merchantId: '1234568' })],
    ['HiPay has merchant id 1234568 in order demo-1, not 1234567'],
  ],
  ['the wrong amount', success, [booked({ amount: '1250.00' })], ['HiPay has 1250.00 in order demo-1, not 12.50']],
  [
    'an HTTP error',
    { httpStatus: 401, body: { paymentStatus: 'FAILURE' } },
    [booked()],
    ['the service answered with HTTP 401, not 200', 'paymentStatus is FAILURE, not SUCCESS: no reason given'],
  ],
])('%s', (_name, answer, orders, problems) => {
  expect(checkPayment(order, answer, orders, '1234567')).toEqual(problems);
});
