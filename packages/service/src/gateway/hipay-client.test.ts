import { TestHipay } from '../../test/support/test-hipay.ts';
import type { HipayGatewaySettings } from './hipay-client.ts';
import { anOrder } from './test-order.ts';

let hipay: TestHipay;
beforeEach(async () => {
  hipay = await TestHipay.open();
});
afterEach(() => hipay.close());

describe('an order that HiPay takes', () => {
  test('is registered and found again, as ours', async () => {
    const customer = { id: 7, firstname: 'Zoé', lastname: 'Müller & fils', email: 'zoe@example.org' };
    const cart = {
      product_reference: 'A',
      type: 'good',
      name: 'Été',
      quantity: 1,
      unit_price: 10.23,
      tax_rate: 20,
      total_amount: 10.23,
    };
    const sent = hipay.order({ order: anOrder({ customer, cart, customData: { store: 'Lyon', first: true } }) });
    expect(await hipay.gateway().register(sent)).toEqual({
      kind: 'state',
      state: 'completed',
      reference: '800000000001',
      detail: 'completed 116 Authorized',
    });
    expect(hipay.simulated.orders()).toMatchObject([
      {
        orderId: 'ORDER-1',
        amount: '10.23',
        currency: 'EUR',
        operation: 'Authorization',
        merchantId: '1234567',
        basket: [cart],
        customer: { id: '7', firstname: 'Zoé', lastname: 'Müller & fils', email: 'zoe@example.org' },
        customData: { store: 'Lyon', first: true, ecr_payment_id: sent.paymentId },
      },
    ]);
    expect(await hipay.gateway().lookUp('ORDER-1', hipay.target())).toEqual({
      kind: 'found',
      orders: [
        {
          reference: '800000000001',
          amountMinor: 1023,
          currency: 'EUR',
          hasCustomData: true,
          paymentId: sent.paymentId,
          createdAtMs: hipay.clock.nowMs(),
        },
      ],
    });
  });

  test('may have an order id with any characters', async () => {
    const hipayOrderId = 'A&b=c/é #1+%20';
    await hipay.gateway().register(hipay.order({ hipayOrderId }));
    expect(await hipay.gateway().lookUp(hipayOrderId, hipay.target())).toMatchObject({
      kind: 'found',
      orders: [{ amountMinor: 1023 }],
    });
    expect(await hipay.gateway().lookUp('A', hipay.target())).toEqual({ kind: 'none' });
  });

  test('a Credit is one at HiPay, too', async () => {
    await hipay.gateway().register(hipay.order({ order: anOrder({ transactionType: 'Credit' }) }));
    expect(hipay.simulated.orders()).toMatchObject([{ operation: 'Credit', code: '200350' }]);
  });

  test('a wrong cart is left out, and the log says why', async () => {
    const wrong = hipay.order({ order: anOrder({ cart: { name: 'Apple' } }) });
    expect(await hipay.gateway().register(wrong)).toMatchObject({ kind: 'state', state: 'completed' });
    expect(hipay.logged).toEqual([expect.stringContaining('cart item 1: product_reference is missing')]);
  });
});

describe('what HiPay says decides', () => {
  test('the same order id again: a code', async () => {
    await hipay.gateway().register(hipay.order());
    expect(await hipay.gateway().register(hipay.order())).toMatchObject({
      kind: 'code',
      code: '3010004',
      httpStatus: 400,
    });
    expect(hipay.simulated.orders()).toHaveLength(1);
  });

  test.each<[string, Partial<HipayGatewaySettings>, string, number]>([
    ['a wrong password', { password: 'other' }, '1000001', 401],
    ['no hash', { hashKey: undefined }, '1010101', 400],
    ['a wrong hash', { hashKey: 'other' }, '1000002', 400],
  ])('%s: a code', async (_what, settings, code, httpStatus) => {
    expect(await hipay.gateway(settings).register(hipay.order())).toMatchObject({ kind: 'code', code, httpStatus });
    expect(hipay.simulated.orders()).toEqual([]);
  });

  test('a wrong password: no word from a look-up', async () => {
    const answer = await hipay.gateway({ password: 'other' }).lookUp('ORDER-1', hipay.target());
    expect(answer).toMatchObject({ kind: 'no_word', code: '1000001', httpStatus: 401 });
  });

  test.each(['declined', 'error', 'forwarding'] as const)('%s: a state, and nothing is booked', async (state) => {
    hipay.simulated.faults.add({ kind: 'state', state });
    expect(await hipay.gateway().register(hipay.order())).toMatchObject({ kind: 'state', state });
    expect(hipay.simulated.orders()).toEqual([]);
  });

  test('pending: a state, and it is booked', async () => {
    hipay.simulated.faults.add({ kind: 'state', state: 'pending' });
    expect(await hipay.gateway().register(hipay.order())).toMatchObject({
      kind: 'state',
      state: 'pending',
      reference: '800000000001',
    });
    expect(hipay.simulated.orders()).toHaveLength(1);
  });

  test('any code: both a registration and a look-up hear it', async () => {
    hipay.simulated.faults.add({ kind: 'code', code: '1000009' });
    expect(await hipay.gateway().register(hipay.order())).toMatchObject({ kind: 'code', code: '1000009' });
    expect(await hipay.gateway().lookUp('ORDER-1', hipay.target())).toMatchObject({ kind: 'no_word', code: '1000009' });
  });

  test('an order that HiPay does not show yet is none, and is found later', async () => {
    hipay.simulated.faults.add({ kind: 'lag', lagMs: 90_000 });
    await hipay.gateway().register(hipay.order());
    expect(await hipay.gateway().lookUp('ORDER-1', hipay.target())).toEqual({ kind: 'none' });
    hipay.clock.advance(90_000);
    expect(await hipay.gateway().lookUp('ORDER-1', hipay.target())).toMatchObject({ kind: 'found' });
  });
});
