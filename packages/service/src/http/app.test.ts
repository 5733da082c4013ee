import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
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
import { healthy, noPayments, startTestApp, type TestApp } from '../../test/support/test-app.ts';
import type { Fact, FactBody } from '../payments/fact.ts';
import type { PaymentFilter } from '../payments/ports.ts';
import type { AppOptions } from './app-options.ts';

let app: TestApp | undefined;
afterEach(async () => {
  await app?.listening.close();
  app = undefined;
});

async function start(changes: Partial<AppOptions> = {}): Promise<TestApp> {
  app = await startTestApp(() => Promise.reject(new Error('nobody pays here')), changes);
  return app;
}

describe('maintenance, as documented', () => {
  test('GET /version', async () => {
    expect((await (await start()).call({ path: '/version' })).body).toEqual({ version: '1.0.0-concertv2-linux' });
  });

  test('GET /config', async () => {
    expect((await (await start()).call({ path: '/config' })).body).toEqual({ deviceId: '0012345678' });
  });

  test.each([
    [false, { message: 'TP-Manager stopped', stopped: true }],
    [true, { message: 'TP-Manager is busy, will stop when possible', stopped: false }],
  ])('GET /stop while busy is %s', async (busy, body) => {
    let stops = 0;
    const stop = (): { busy: boolean } => {
      stops += 1;
      return { busy };
    };
    const { call } = await start({ stop });
    expect((await call({ path: '/stop' })).body).toEqual(body);
    expect(stops).toBe(1);
  });

  test('a HEAD of /stop stops nothing', async () => {
    const stop = (): { busy: boolean } => {
      throw new Error('it stopped');
    };
    const { call } = await start({ stop });
    const answer = await call({ method: 'HEAD', path: '/stop' });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET']);
  });
});

describe('GET /health', () => {
  test('200 while payments can be taken', async () => {
    for (const status of ['ok', 'attention'] as const) {
      const { call, listening } = await start({ health: async () => ({ ...healthy, status }) });
      const answer = await call({ path: '/health' });
      expect([answer.status, answer.body]).toEqual([200, { ...healthy, status }]);
      await listening.close();
    }
  });

  test('503 with what is wrong, in words', async () => {
    const problems = ['The terminal does not answer: is it switched on?', 'The disk is full.'];
    const { call } = await start({ health: async () => ({ ...healthy, status: 'failing', problems }) });
    const answer = await call({ path: '/health' });
    expect(answer.status).toBe(503);
    expect(answer.body).toMatchObject({ status: 'failing', problems, errorDescription: problems.join(' ') });
  });
});

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

test('an unknown path is a 404 in the envelope', async () => {
  const answer = await (await start()).call({ path: '/orders' });
  expect(answer.status).toBe(404);
  expect(answer.body).toMatchObject({ errorCode: '1103', error: { errorCode: '1103' } });
});

test.each([
  ['GET', '/order', 'POST'],
  ['PUT', '/', 'POST'],
  ['POST', '/version', 'GET'],
  ['DELETE', '/payments/1', 'GET'],
  ['OPTIONS', '/order', 'POST'],
])('%s %s is a 405 that tells what is allowed', async (method, path, allow) => {
  const answer = await (await start()).call({ method, path });
  expect([answer.status, answer.headers.allow]).toEqual([405, allow]);
  expect(answer.body).toMatchObject({
    errorDescription: expect.stringContaining(`${path}: found the method ${method}`),
  });
});

test('GET /openapi.json describes what is served', async () => {
  const { call, description, port } = await start();
  const answer = await call({ path: '/openapi.json' });
  expect(answer.body).toEqual(JSON.parse(JSON.stringify(description)));
  expect(description.servers).toEqual([{ url: `http://localhost:${port}` }]);
  expect(Object.keys(description.paths).sort()).toEqual([
    '/',
    '/config',
    '/health',
    '/openapi.json',
    '/order',
    '/orphans',
    '/orphans/{orphanId}/acknowledgement',
    '/payments',
    '/payments/resend',
    '/payments/{paymentId}',
    '/payments/{paymentId}/resend',
    '/payments/{paymentId}/resolution',
    '/payments/{paymentId}/trace',
    '/report',
    '/stop',
    '/version',
  ]);
  const references = JSON.stringify(answer.body).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  for (const [, name] of references) expect(description.components.schemas).toHaveProperty(String(name));
});

test('every answer says that it is nobody else’s', async () => {
  const { headers } = await (await start()).call({ path: '/version' });
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(headers).not.toHaveProperty('etag');
});
