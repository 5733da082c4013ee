import { describe, expect, test } from '@jest/globals';
import { healthy, nobodyPays, testApps } from '../../test/support/test-app.ts';
import type { AppOptions } from './app-options.ts';

const startApp = testApps();
const start = (changes: Partial<AppOptions> = {}) => startApp(nobodyPays, changes);

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
