import { expect, test } from '@jest/globals';
import {
  approvedFacts,
  notSentFacts,
  paymentOf,
  refusedFacts,
  unknownFacts,
} from '../../test/support/sample-payments.ts';
import { nobodyPays, paying, testApps } from '../../test/support/test-app.ts';

const start = testApps();

test.each(['/order', '/', '/order?x=1'])('POST %s pays', async (path) => {
  const { call, orders } = await start(paying(approvedFacts));
  const answer = await call({ method: 'POST', path, body: { amount: '10,23', order_id: 'A' } });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    paymentStatus: 'SUCCESS',
    amount: '10,23',
    orderId: 'A',
    notificationHipaySent: true,
  });
  expect(orders).toMatchObject([{ amountMinor: 1023, orderId: 'A' }]);
});

test.each(['/order', '/', '/order/', '/ORDER'])(
  'a wrong request to %s is told that nothing was charged',
  async (path) => {
    const { call } = await start(nobodyPays);
    const answer = await call({ method: 'POST', path, body: { amount: 0 } });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errorDescription: expect.stringContaining('Nothing was charged') });
  },
);

test.each(['/payments?limit=0', '/report?date=today', '/orphans?open=yes'])(
  'a person who asks for %s is told nothing of charging, and what to do',
  async (path) => {
    const { call } = await start(nobodyPays);
    const { errorDescription } = (await call({ path })).body as { errorDescription: string };
    expect(errorDescription).toMatch(/correct what is named here, then ask again\.$/);
    expect(errorDescription).not.toContain('charged');
  },
);

test.each([
  ['refused', refusedFacts],
  ['not_sent', notSentFacts],
  ['unknown', unknownFacts],
])('a payment that is %s is answered with 200', async (outcome, facts) => {
  const { call } = await start(paying(facts));
  const answer = await call({ method: 'POST', path: '/order', body: { amount: 10.23 } });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ paymentStatus: 'FAILURE', outcome, amount: 10.23 });
  expect(answer.body).not.toHaveProperty('error');
});

test('a payment that failed for the journal is a 503, with the payment and the envelope', async () => {
  const { call } = await start(paying([{ kind: 'not_sent', code: '1107', detail: 'the disk is full' }]));
  const answer = await call({ method: 'POST', path: '/order', body: { amount: 10.23 } });
  expect(answer.status).toBe(503);
  expect(answer.body).toMatchObject({ errorCode: '1107', outcome: 'not_sent', error: { errorCode: '1107' } });
});

test.each([
  ['1104', 409],
  ['1105', 409],
  ['1109', 409],
  ['1110', 409],
  ['1106', 503],
  ['1107', 503],
] as const)('declined with %s: %d', async (code, status) => {
  const about = { orderId: 'A', amountMinor: 1250, currency: 'EUR', paidAtMs: Date.UTC(2026, 0, 4) };
  let told = 0;
  const { call } = await start(async () => ({ kind: 'declined', code, about, told: () => told++ }));
  const answer = await call({ method: 'POST', path: '/order', body: { amount: 10.23 } });
  expect(answer.status).toBe(status);
  expect(told).toBe(1);
  const { error, ...flat } = answer.body as Record<string, unknown>;
  expect(flat).toEqual({ paymentStatus: 'FAILURE', errorCode: code, errorDescription: expect.stringMatching(/\w{3}/) });
  expect(error).toEqual(flat);
});

test.each([
  [{ orderId: 'A-1' }, 'orderId: unknown field, ignored; order_id may have been meant, without which asking twice'],
  [{ oder_id: 'A-1' }, 'oder_id: unknown field, ignored; order_id may have been meant'],
  [{ curency: 'EUR' }, 'curency: unknown field, ignored; currency may have been meant'],
  [{ something: 1 }, 'something: unknown field, ignored'],
])('%j goes through, and the answer warns of it, whatever it is', async (wrong, warning) => {
  const body = { warnings: [expect.stringContaining(warning)] };
  const till = await start(paying(approvedFacts));
  const ask = (more: object) => till.call({ method: 'POST', path: '/order', body: { amount: 1, ...more } });
  expect(await ask(wrong)).toMatchObject({ status: 200, body });
  expect((await ask({})).body).not.toHaveProperty('warnings');
  await till.listening.close();
  const { call } = await start(async () => ({ kind: 'declined', code: '1104', about: {} }));
  const declined = await call({ method: 'POST', path: '/order', body: { amount: 1, ...wrong } });
  expect(declined).toMatchObject({ status: 409, body });
});

test.each([
  ['A-2', 'k', ['Idempotency-Key: the key stands for order_id A-1, whose result this is; a new sale needs a new key']],
  ['A-1', 'k', undefined],
  [undefined, 'k', undefined],
  ['A-2', undefined, undefined],
])('the result of A-1 to order_id %s under key %s', async (order_id, key, warnings) => {
  const { call } = await start(async (order) => {
    const payment = paymentOf({ ...order, orderId: 'A-1' }, approvedFacts);
    return { kind: 'payment', payment, replayed: true, told: () => {} };
  });
  const headers = key === undefined ? {} : { 'Idempotency-Key': key };
  const { body } = await call({ method: 'POST', path: '/order', body: { amount: 1, order_id }, headers });
  expect((body as { warnings?: string[] }).warnings).toEqual(warnings);
});

test('what is left out is in the log, without its content', async () => {
  const { call, logged } = await start(paying(approvedFacts));
  await call({ method: 'POST', path: '/order', body: { amount: 1, customer: { email: ['secret'] }, colour: 'red' } });
  expect(logged.join('\n')).toMatch(/colour: unknown field, ignored/);
  expect(logged.join('\n')).toMatch(/customer.email: found an array/);
  expect(logged.join('\n')).not.toMatch(/secret|red"/);
});

test('a bug in the house is a 500 that tells nothing of its inside', async () => {
  const { call, logged } = await start(() => Promise.reject(new Error('the secret place')));
  const answer = await call({ method: 'POST', path: '/order', body: { amount: 1 } });
  expect(answer.status).toBe(500);
  expect(answer.body).toMatchObject({ errorCode: '1000' });
  expect(answer.text).not.toContain('secret place');
  expect(logged.join()).toContain('the secret place');
});
