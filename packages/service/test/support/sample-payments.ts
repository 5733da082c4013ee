import type { FactBody } from '../../src/payments/fact.ts';
import { fold } from '../../src/payments/fold.ts';
import type { Order } from '../../src/payments/order.ts';
import { anOrder } from '../../src/payments/payment.fixture.ts';
import type { Payment } from '../../src/payments/payment.ts';

export const SAMPLE_AT_MS = Date.UTC(2026, 0, 5, 9, 30);
export const SAMPLE_PAYMENT_ID = '01KE6ZQ3Q8W1V7B4M2N9T5C6XD';

export const target = {
  environment: 'dev',
  url: 'https://stage-secure-gateway.hipay-tpp.com/rest/',
  login: 'shop',
} as const;
const device = { port: '/dev/ttyACM0', identity: 'usb-Ingenico_Move-if00' };

export function sampleOrder(changes: Partial<Order> = {}): Order {
  return anOrder({
    orderId: 'Order_12345',
    amountMinor: 1023,
    cart: {},
    sent: { amount: '10,23', cart: {}, customer: {}, customData: {} },
    bodyDigest: 'd'.repeat(64),
    ...changes,
  });
}

export const asked: FactBody = { kind: 'asked', token: '0123456789', posNumber: '01', device };

export function answeredFact(stat: string, amountTakenMinor: number | null): FactBody {
  const bytesMasked = `01${stat}00001023B978`;
  const more = {
    currencyNumeric: '978',
    mode: 'B',
    privateData: '0123456789',
    matchedBy: 'token',
    bytesMasked,
  } as const;
  return { kind: 'answered', stat, amountTakenMinor, ...more };
}

export function registering(n: number): FactBody {
  return { kind: 'registering', n, hipayOrderId: 'Order_12345', target, merchantId: '1234567', withCart: true };
}

/** A payment as the journal would give it: folded from `accepted` and these facts, one second apart. */
export function paymentOf(order: Order, facts: FactBody[]): Payment {
  const all: FactBody[] = [{ kind: 'accepted', order, target, hipayOrderId: order.orderId }, ...facts];
  const payment = fold(
    all.map((fact, n) => ({ ...fact, paymentId: SAMPLE_PAYMENT_ID, atMs: SAMPLE_AT_MS + n * 1000 })),
  );
  if (payment === undefined) throw new Error('There are facts, so there is a payment');
  return payment;
}

export const approvedFacts: FactBody[] = [
  asked,
  answeredFact('0', 1023),
  registering(1),
  { kind: 'registered', reference: '800000000001', hipayOrderId: 'Order_12345' },
];
export const refusedFacts: FactBody[] = [asked, answeredFact('7', null)];
export const unknownFacts: FactBody[] = [asked, { kind: 'unclear', code: '1001', detail: 'no answer within 180 s' }];
export const notSentFacts: FactBody[] = [{ kind: 'not_sent', code: '1004', detail: 'the terminal did not answer' }];
