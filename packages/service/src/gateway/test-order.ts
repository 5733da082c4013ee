import type { Order } from '../payments/order.ts';
import { anOrder as ordinaryOrder } from '../payments/payment.fixture.ts';
import type { HipayOrder } from '../payments/ports.ts';

/** An order of 10.23 EUR, for the tests of this folder. */
export function anOrder(changes: Partial<Order> = {}): Order {
  return ordinaryOrder({ orderId: 'ORDER-1', amountMinor: 1023, ...changes });
}

/** The same order, approved and ready for HiPay. */
export function aHipayOrder(changes: Partial<HipayOrder> = {}): HipayOrder {
  return {
    paymentId: '01JGQ0ABCDEFGHJKMNPQRSTVWX',
    hipayOrderId: 'ORDER-1',
    order: anOrder(),
    amountMinor: 1023,
    merchantId: '1234567',
    target: { environment: 'dev', url: 'https://gateway.invalid/rest/', login: 'till.stage' },
    withCart: true,
    ...changes,
  };
}
