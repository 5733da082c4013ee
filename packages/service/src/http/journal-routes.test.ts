import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { describe, expect, test } from '@jest/globals';
import {
  answeredFact,
  approvedFacts,
  asked,
  notSentFacts,
  paymentOf,
  SAMPLE_AT_MS,
  SAMPLE_PAYMENT_ID,
  sampleOrder,
  target,
  unknownFacts,
} from '../../test/support/sample-payments.ts';
import { nobodyPays, noPayments, testApps } from '../../test/support/test-app.ts';
import type { Fact, FactBody } from '../payments/fact.ts';
import type { PaymentFilter } from '../payments/ports.ts';
import type { AppOptions } from './app-options.ts';

const startApp = testApps();
const start = (changes: Partial<AppOptions> = {}) => startApp(nobodyPays, changes);

describe('the journal', () => {
  const orders = [sampleOrder(), sampleOrder({ orderId: 'B', amountMinor: 5 })];
  const settled: FactBody = { kind: 'settled', outcome: 'approved', note: 'ticket 12', by: 'Ann' };

  test('GET /payments lists payments in each state, and passes the filter on', async () => {
    const filters: PaymentFilter[] = [];
    const items = [
      approvedFacts,
      unknownFacts,
      notSentFacts,
      [asked],
      [],
      [...unknownFacts, settled],
      [asked, answeredFact('0', 3000)],
    ];
    const list = async (filter: PaymentFilter) => {
      filters.push(filter);
      return { items: items.flatMap((facts) => orders.map((order) => paymentOf(order, facts))), next: 'more' };
    };
    const { call } = await start({ payments: { ...noPayments, list } });
    const answer = await call({ path: '/payments?outcome=unknown&limit=2&order_id=A%20B' });
    expect(filters).toEqual([{ limit: 2, outcome: 'unknown', orderId: 'A B' }]);
    const body = answer.body as { items: unknown[]; next: string };
    expect(body.next).toBe('more');
    expect(body.items).toHaveLength(14);
    expect(body.items[0]).toEqual({
      paymentId: SAMPLE_PAYMENT_ID,
      orderId: 'Order_12345',
      outcome: 'approved',
      amount: '10.23',
      amountTaken: '10.23',
      currency: 'EUR',
      transactionType: 'Debit',
      acceptedAt: '2026-01-05T09:30:00.000Z',
      decidedAt: '2026-01-05T09:30:02.000Z',
      paymentApplication: '00B',
      registration: 'registered',
      alarms: [],
      told: false,
    });
  });

  test('wrong parameters are named, all of them', async () => {
    const answer = await (await start()).call({ path: '/payments?limit=x&outcome=lost' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errorDescription: expect.stringMatching(/limit: found.*outcome: found/) });
  });

  test('a cursor that the journal does not know is a wrong request', async () => {
    const list = () =>
      Promise.reject(new OperatingError('1100', 'cursor: found "x", expected next of the page before'));
    const { call } = await start({ payments: { ...noPayments, list } });
    const answer = await call({ path: '/payments?cursor=x' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errorDescription: expect.stringContaining('expected next of the page before'),
    });
  });

  test('GET /payments/{paymentId} shows all that happened, and no order twice', async () => {
    const facts: FactBody[] = [...unknownFacts, { kind: 'traced', lines: ['> 05'] }, settled, { kind: 'told' }];
    const payment = paymentOf(sampleOrder({ idempotencyKey: 'key' }), facts);
    const accepted: FactBody = { kind: 'accepted', order: payment.order, target, hipayOrderId: 'Order_12345' };
    const kept: Fact[] = [accepted, ...facts].map((fact) => ({
      ...fact,
      paymentId: SAMPLE_PAYMENT_ID,
      atMs: SAMPLE_AT_MS,
    }));
    const payments = { ...noPayments, payment: async () => payment, facts: async () => kept };
    const { call } = await start({ payments });
    const answer = await call({ path: `/payments/${SAMPLE_PAYMENT_ID}` });
    expect(answer.body).toMatchObject({
      outcome: 'approved',
      idempotencyKey: 'key',
      settled: { outcome: 'approved', note: 'ticket 12', by: 'Ann' },
      terminal: { token: '0123456789', port: '/dev/ttyACM0' },
      hipay: { status: 'due', environment: 'dev', login: 'shop' },
      told: true,
    });
    const shown = (answer.body as { facts: { kind: string }[] }).facts;
    expect(shown.map(({ kind }) => kind)).toEqual(['accepted', 'asked', 'unclear', 'traced', 'settled', 'told']);
    expect(shown[0]).not.toHaveProperty('order');
    expect(shown[3]).toEqual({ kind: 'traced', at: '2026-01-05T09:30:00.000Z', lines: 1 });
  });

  test('a payment that is not there is a 404', async () => {
    const answer = await (await start()).call({ path: '/payments/01KE6ZQ3Q8W1V7B4M2N9T5C6XD' });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ errorCode: '1103' });
  });

  test('a path that cannot be decoded is a wrong request', async () => {
    expect((await (await start()).call({ path: '/payments/%zz' })).status).toBe(400);
  });
});
