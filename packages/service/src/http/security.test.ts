import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BASIC, basic } from '../../test/support/http-call.ts';
import { nobodyPays, startTestApp, type TestApp } from '../../test/support/test-app.ts';

const TILL = 'https://till.example';
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp(nobodyPays, { allowedOrigins: [TILL] });
});
afterAll(() => app.listening.close());

describe('credentials', () => {
  test.each([
    ['none', undefined],
    ['of another user', basic('admin', 'pwd:é')],
    ['with a wrong password', basic('log', 'pwd')],
    ['with a longer password', basic('log', 'pwd:éé')],
    ['that are empty', basic('', '')],
    ['that are no Base64', 'Basic ***'],
    ['of another scheme', 'Bearer abc'],
  ])('%s: 401, wherever', async (_what, authorization) => {
    for (const path of ['/version', '/order', '/openapi.json', '/nowhere', '/stop']) {
      const answer = await app.call({ path, headers: { authorization } });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Basic realm="HiPay Desktop Connector"');
      expect(answer.body).toMatchObject({ errorCode: '1101', error: { errorCode: '1101' } });
    }
  });

  test('a large body without credentials is not read', async () => {
    const answer = await app.call({
      method: 'POST',
      path: '/order',
      body: Buffer.alloc(900_000),
      headers: { authorization: undefined },
    });
    expect(answer.status).toBe(401);
  });
});

describe('Host', () => {
  test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('%s with our port is this machine', async (host) => {
    expect((await app.call({ path: '/version', headers: { host: `${host}:${app.port}` } })).status).toBe(200);
  });

  test.each([
    'evil.example',
    'localhost',
    'localhost:1',
    'localhost.evil.example:PORT',
    '127.0.0.1.nip.io:PORT',
    '0.0.0.0:PORT',
  ])('%j is not, even with credentials', async (host) => {
    const answer = await app.call({ path: '/version', headers: { host: host.replace('PORT', String(app.port)) } });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ errorCode: '1102', errorDescription: expect.stringContaining('Host') });
  });
});

test.each([
  ['1.0', 200],
  ['1.1', 400],
])('no Host at all in HTTP/%s: %d', async (version, status) => {
  const socket = connect(app.port, '127.0.0.1');
  socket.write(`GET /version HTTP/${version}\r\nAuthorization: ${BASIC}\r\nConnection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  if (status === 400) expect(answer).toContain(`send the header Host: localhost:${app.port}`);
});

describe('a browser that calls for a page', () => {
  test.each<[string, Record<string, string>]>([
    ['of another site', { origin: 'https://evil.example' }],
    ['of no site', { origin: 'null' }],
    ['whose origin begins like an allowed one', { origin: `${TILL}.evil.example` }],
    ['of another port here', { origin: 'http://localhost:1' }],
    ['that is an image or a link of another site', { 'sec-fetch-site': 'cross-site' }],
    ['that is an image on another port here', { 'sec-fetch-site': 'same-site' }],
  ])('%s: 403, even with credentials', async (_what, headers) => {
    const answer = await app.call({ path: '/stop', headers });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({
      errorCode: '1102',
      errorDescription: expect.stringContaining('allowed_origins'),
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('of an allowed origin may read the answer, an error too', async () => {
    const headers = { origin: TILL, 'sec-fetch-site': 'cross-site' };
    const good = await app.call({ path: '/version', headers });
    const bad = await app.call({ path: '/version', headers: { ...headers, authorization: undefined } });
    expect([good.status, bad.status]).toEqual([200, 401]);
    for (const answer of [good, bad])
      expect(answer.headers).toMatchObject({ 'access-control-allow-origin': TILL, vary: 'Origin' });
  });

  test('of our own, or typed by a person, is served', async () => {
    const own = { origin: `http://localhost:${app.port}`, 'sec-fetch-site': 'same-origin' };
    for (const headers of [own, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }]) {
      expect((await app.call({ path: '/version', headers })).status).toBe(200);
    }
  });
});

describe('a preflight', () => {
  const asking = {
    authorization: undefined,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };

  test('of an allowed origin is answered without credentials, for a private network too', async () => {
    const headers = { ...asking, origin: TILL, 'access-control-request-private-network': 'true' };
    const answer = await app.call({ method: 'OPTIONS', path: '/order', headers });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': TILL,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key',
      'access-control-allow-private-network': 'true',
    });
  });

  test('that does not ask for a private network is not told of one', async () => {
    const answer = await app.call({ method: 'OPTIONS', path: '/order', headers: { ...asking, origin: TILL } });
    expect(answer.headers).not.toHaveProperty('access-control-allow-private-network');
  });

  test('of any other is refused', async () => {
    const answer = await app.call({
      method: 'OPTIONS',
      path: '/order',
      headers: { ...asking, origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
  });

  test('OPTIONS that is none needs credentials as all else', async () => {
    const answer = await app.call({ method: 'OPTIONS', path: '/order', headers: { authorization: undefined } });
    expect(answer.status).toBe(401);
  });
});
