import { connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { BASIC } from '../../test/support/http-call.ts';
import {
  approvedFacts,
  notSentFacts,
  paymentOf,
  refusedFacts,
  unknownFacts,
} from '../../test/support/sample-payments.ts';
import { startTestApp, type TestApp } from '../../test/support/test-app.ts';
import type { DeskResult, Till } from '../payments/desk-result.ts';
import type { FactBody } from '../payments/fact.ts';
import type { Order } from '../payments/order.ts';

let app: TestApp | undefined;
afterEach(async () => {
  await app?.listening.close();
  app = undefined;
});

async function start(...given: Parameters<typeof startTestApp>): Promise<TestApp> {
  app = await startTestApp(...given);
  return app;
}

function paying(
  facts: FactBody[],
  told: () => void = () => {},
  replayed = false,
): (order: Order) => Promise<DeskResult> {
  return async (order) => ({ kind: 'payment', payment: paymentOf(order, facts), replayed, told });
}

const neverAsked = (): Promise<DeskResult> => Promise.reject(new Error('The desk was not to be asked'));

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
    const { call } = await start(neverAsked);
    const answer = await call({ method: 'POST', path, body: { amount: 0 } });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errorDescription: expect.stringContaining('Nothing was charged') });
  },
);

test.each(['/payments?limit=0', '/report?date=today', '/orphans?open=yes'])(
  'a person who asks for %s is told nothing of charging, and what to do',
  async (path) => {
    const { call } = await start(neverAsked);
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

describe('a request that cannot be read never reaches the desk', () => {
  test.each<[string, number, string | Buffer, Record<string, string | undefined>, RegExp]>([
    ['not JSON', 400, '{"amount":NaN}', {}, /not JSON at line 1, column 11: found "NaN", expected a value/],
    ['nothing', 400, '', {}, /the body: found nothing, expected a JSON object/],
    ['an array', 400, '[]', {}, /the body: found an empty array, expected a JSON object/],
    ['a wrong amount', 400, '{"amount":1.005}', {}, /amount: found 1.005, expected/],
    ['a wrong key', 400, '{"amount":1}', { 'idempotency-key': 'x'.repeat(256) }, /Idempotency-Key: found/],
    ['a megabyte and more', 413, Buffer.alloc(1024 * 1024 + 1, 0x20), {}, /found more than 1048576 bytes/],
    [
      'ten megabytes in chunks',
      413,
      Buffer.alloc(10 * 1024 * 1024, 0x20),
      { 'transfer-encoding': 'chunked' },
      /more than 1048576/,
    ],
    [
      'no Content-Type',
      415,
      '{"amount":1}',
      { 'content-type': undefined },
      /send the header Content-Type: application\/json/,
    ],
    [
      'a form',
      415,
      'amount=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      /send the header Content-Type: application\/json/,
    ],
    [
      'Latin-1',
      415,
      '{"amount":1}',
      { 'content-type': 'application/json; charset=ISO-8859-1' },
      /charset "iso-8859-1", expected UTF-8/,
    ],
    ['compressed', 415, 'x', { 'content-encoding': 'gzip' }, /Content-Encoding/],
  ])('%s: %d', async (_what, status, body, headers, sentence) => {
    const { call, orders } = await start(neverAsked);
    const answer = await call({ method: 'POST', path: '/order', body, headers });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ errorCode: '1100', errorDescription: expect.stringMatching(sentence) });
    expect(orders).toEqual([]);
  });
});

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON;charset="UTF-8"',
  'application/vnd.till+json',
])('Content-Type: %s is JSON', async (contentType) => {
  const { call } = await start(paying(approvedFacts));
  const answer = await call({
    method: 'POST',
    path: '/order',
    body: '{"amount":1}',
    headers: { 'content-type': contentType },
  });
  expect(answer.status).toBe(200);
});

test('a byte order mark, and a name in another encoding, do not refuse the sale', async () => {
  const { call, orders, logged } = await start(paying(approvedFacts));
  const body = Buffer.concat([
    Buffer.from('\ufeff{"amount":1,"customer":{"firstname":"Zo'),
    Buffer.from([0xe9]),
    Buffer.from('"}}'),
  ]);
  expect((await call({ method: 'POST', path: '/order', body })).status).toBe(200);
  expect(orders[0]?.customer).toEqual({ firstname: 'Zo\ufffd' });
  expect(logged.join()).toContain('found bytes that are not UTF-8');
});

test('exactly a megabyte is read', async () => {
  const { call } = await start(paying(approvedFacts));
  const body = '{"amount":1}'.padEnd(1024 * 1024, ' ');
  expect((await call({ method: 'POST', path: '/order', body })).status).toBe(200);
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

describe('whether the till still waits, and was told', () => {
  /** A till on a bare socket, that can hang up. */
  function till(port: number, close: 'close' | 'keep-alive'): ReturnType<typeof connect> {
    const body = '{"amount":1}';
    const socket = connect(port, '127.0.0.1');
    const head = `POST /order HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: ${BASIC}\r\nConnection: ${close}\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    return socket;
  }

  /** A desk whose one answer the test gives, once it has been asked. */
  function patientDesk() {
    let give: (told: () => void) => void = () => {};
    let asked: (till: Till) => void = () => {};
    const wasAsked = new Promise<Till>((resolve) => {
      asked = resolve;
    });
    const submit = (order: Order, from: Till): Promise<DeskResult> => {
      asked(from);
      return new Promise((resolve) => {
        give = (told) => resolve({ kind: 'payment', payment: paymentOf(order, approvedFacts), replayed: false, told });
      });
    };
    return { submit, wasAsked, give: (told: () => void) => give(told) };
  }

  test.each(['close', 'keep-alive'] as const)('told, once the answer is out (Connection: %s)', async (connection) => {
    const desk = patientDesk();
    const { port } = await start(desk.submit);
    const socket = till(port, connection);
    const asking = await desk.wasAsked;
    expect(asking.isWaiting()).toBe(true);
    const answered = new Promise<string>((resolve) => {
      socket.once('data', (data) => resolve(data.toString()));
    });
    await new Promise<void>((resolve) => desk.give(resolve));
    expect(await answered).toMatch(/^HTTP\/1.1 200 OK/);
    socket.destroy();
  });

  test.each(['end', 'resetAndDestroy'] as const)('not told where the till hung up before (%s)', async (how) => {
    const desk = patientDesk();
    const { port, listening, logged } = await start(desk.submit);
    const socket = till(port, 'keep-alive');
    socket.on('error', () => {});
    const asking = await desk.wasAsked;
    const hungUp = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket[how]();
    await hungUp;
    while (asking.isWaiting()) await new Promise((resolve) => setImmediate(resolve));
    let told = 0;
    desk.give(() => {
      told += 1;
    });
    await listening.close();
    expect(logged.join()).toContain('A payment was answered');
    expect(told).toBe(0);
  });
});
