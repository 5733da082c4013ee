import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { type SimulatedGateway, startSimulatedGateway } from '@hipay-ecr/simulator/gateway/simulated-gateway.ts';
import type { HipayGateway, HipayOrder, Log } from '../payments/ports.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { createHipayGateway, type HipayGatewaySettings } from './hipay-client.ts';
import { aHipayOrder, anOrder } from './test-order.ts';

const LOGIN = 'till.stage';
const PASSWORD = 'Test_p&ss/w0rd';
const HASH_KEY = 'h4shk3y';
const BASIC = Buffer.from(`${LOGIN}:${PASSWORD}`).toString('base64');
const LOCALHOST_PEM = readFileSync(new URL('./fixtures/localhost.pem', import.meta.url), 'utf8');

const clock = new ManualClock();
const logged: string[] = [];
let simulated: SimulatedGateway;
let closers: (() => unknown)[] = [];

beforeEach(async () => {
  logged.length = 0;
  const credentials = { login: LOGIN, password: PASSWORD };
  simulated = await startSimulatedGateway({ port: 0, clock, credentials, hashKey: HASH_KEY });
  closers = [() => simulated.close()];
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
});

function gateway(changes: Partial<HipayGatewaySettings> = {}): HipayGateway {
  const note = (message: string, fields?: Record<string, unknown>) =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { error: note, warn: note, info: note, debug: note };
  return createHipayGateway({
    login: LOGIN,
    password: PASSWORD,
    hashKey: HASH_KEY,
    userAgent: 'test/1',
    clock,
    log,
    ...changes,
  });
}

function target(url = simulated.url): HipayOrder['target'] {
  return { environment: 'dev', url, login: LOGIN };
}

function order(changes: Partial<HipayOrder> = {}): HipayOrder {
  return aHipayOrder({ target: target(), ...changes });
}

/** Starts a server on a free port, and ends it after the test. */
async function serve(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return (server.address() as AddressInfo).port;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

async function closedPort(): Promise<number> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

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
    const sent = order({ order: anOrder({ customer, cart, customData: { store: 'Lyon', first: true } }) });
    expect(await gateway().register(sent)).toEqual({
      kind: 'state',
      state: 'completed',
      reference: '800000000001',
      detail: 'completed 116 Authorized',
    });
    expect(simulated.orders()).toMatchObject([
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
    expect(await gateway().lookUp('ORDER-1', target())).toEqual({
      kind: 'found',
      orders: [
        {
          reference: '800000000001',
          amountMinor: 1023,
          currency: 'EUR',
          hasCustomData: true,
          paymentId: sent.paymentId,
          createdAtMs: clock.nowMs(),
        },
      ],
    });
  });

  test('may have an order id with any characters', async () => {
    const hipayOrderId = 'A&b=c/é #1+%20';
    await gateway().register(order({ hipayOrderId }));
    expect(await gateway().lookUp(hipayOrderId, target())).toMatchObject({
      kind: 'found',
      orders: [{ amountMinor: 1023 }],
    });
    expect(await gateway().lookUp('A', target())).toEqual({ kind: 'none' });
  });

  test('a Credit is one at HiPay, too', async () => {
    await gateway().register(order({ order: anOrder({ transactionType: 'Credit' }) }));
    expect(simulated.orders()).toMatchObject([{ operation: 'Credit', code: '200350' }]);
  });

  test('a wrong cart is left out, and the log says why', async () => {
    const wrong = order({ order: anOrder({ cart: { name: 'Apple' } }) });
    expect(await gateway().register(wrong)).toMatchObject({ kind: 'state', state: 'completed' });
    expect(logged).toEqual([expect.stringContaining('cart item 1: product_reference is missing')]);
  });
});

describe('what HiPay says decides', () => {
  test('the same order id again: a code', async () => {
    await gateway().register(order());
    expect(await gateway().register(order())).toMatchObject({ kind: 'code', code: '3010004', httpStatus: 400 });
    expect(simulated.orders()).toHaveLength(1);
  });

  test.each<[string, Partial<HipayGatewaySettings>, string, number]>([
    ['a wrong password', { password: 'other' }, '1000001', 401],
    ['no hash', { hashKey: undefined }, '1010101', 400],
    ['a wrong hash', { hashKey: 'other' }, '1000002', 400],
  ])('%s: a code', async (_what, settings, code, httpStatus) => {
    expect(await gateway(settings).register(order())).toMatchObject({ kind: 'code', code, httpStatus });
    expect(simulated.orders()).toEqual([]);
  });

  test('a wrong password: no word from a look-up', async () => {
    const answer = await gateway({ password: 'other' }).lookUp('ORDER-1', target());
    expect(answer).toMatchObject({ kind: 'no_word', code: '1000001', httpStatus: 401 });
  });

  test.each(['declined', 'error', 'forwarding'] as const)('%s: a state, and nothing is booked', async (state) => {
    simulated.faults.add({ kind: 'state', state });
    expect(await gateway().register(order())).toMatchObject({ kind: 'state', state });
    expect(simulated.orders()).toEqual([]);
  });

  test('pending: a state, and it is booked', async () => {
    simulated.faults.add({ kind: 'state', state: 'pending' });
    expect(await gateway().register(order())).toMatchObject({
      kind: 'state',
      state: 'pending',
      reference: '800000000001',
    });
    expect(simulated.orders()).toHaveLength(1);
  });

  test('any code: both a registration and a look-up hear it', async () => {
    simulated.faults.add({ kind: 'code', code: '1000009' });
    expect(await gateway().register(order())).toMatchObject({ kind: 'code', code: '1000009' });
    expect(await gateway().lookUp('ORDER-1', target())).toMatchObject({ kind: 'no_word', code: '1000009' });
  });

  test('an order that HiPay does not show yet is none, and is found later', async () => {
    simulated.faults.add({ kind: 'lag', lagMs: 90_000 });
    await gateway().register(order());
    expect(await gateway().lookUp('ORDER-1', target())).toEqual({ kind: 'none' });
    clock.advance(90_000);
    expect(await gateway().lookUp('ORDER-1', target())).toMatchObject({ kind: 'found' });
  });
});

describe('no word, and the request may have arrived', () => {
  test.each([
    ['a page of a proxy', { kind: 'http_500_html' }, 500],
    ['503 with nothing', { kind: 'http_status', status: 503 }, 503],
    ['200 with nothing', { kind: 'http_status', status: 200 }, 200],
    ['a redirect, not followed', { kind: 'http_status', status: 302 }, 302],
  ] as const)('%s', async (_what, fault, httpStatus) => {
    simulated.faults.add(fault);
    expect(await gateway().register(order())).toMatchObject({ kind: 'no_word', bytesLeft: true, httpStatus });
    expect(await gateway().lookUp('ORDER-1', target())).toMatchObject({ kind: 'no_word', httpStatus });
  });

  test('the connection is cut after the booking', async () => {
    simulated.faults.add({ kind: 'drop_after_booking' });
    expect(await gateway().register(order())).toMatchObject({ kind: 'no_word', bytesLeft: true });
    expect(simulated.orders()).toHaveLength(1);
    expect(await gateway().lookUp('ORDER-1', target())).toMatchObject({ kind: 'found' });
  });

  test('the connection is cut at once: nobody can tell', async () => {
    simulated.faults.add({ kind: 'refuse_connection', times: 2 });
    expect(await gateway().register(order())).toMatchObject({ kind: 'no_word', bytesLeft: true });
    expect(await gateway().lookUp('ORDER-1', target())).toMatchObject({ kind: 'no_word' });
    expect(await gateway().register(order())).toMatchObject({ kind: 'state' });
  });

  test('rule 12: no answer within 60 s, though it was booked', async () => {
    simulated.faults.add({ kind: 'timeout_after_booking' });
    const answer = gateway().register(order());
    await until(() => simulated.orders().length === 1);
    clock.advance(gatewayLimits.connectMs);
    clock.advance(gatewayLimits.wholeMs - gatewayLimits.connectMs - 1);
    expect(await Promise.race([answer, new Promise((resolve) => setImmediate(resolve, 'waits'))])).toBe('waits');
    clock.advance(1);
    expect(await answer).toEqual({ kind: 'no_word', bytesLeft: true, detail: 'no answer within 60 s' });
  });

  test('an answer that begins and does not end', async () => {
    const port = await serve(
      http.createServer((_request, response) => {
        response.write('{"state":"comp');
        setImmediate(() => clock.advance(gatewayLimits.wholeMs));
      }),
    );
    const answer = await gateway().register(order({ target: target(`http://127.0.0.1:${port}/rest/`) }));
    expect(answer).toMatchObject({ kind: 'no_word', bytesLeft: true });
  });

  test('an answer that never ends to come', async () => {
    const port = await serve(
      http.createServer((_request, response) => void response.end(Buffer.alloc(gatewayLimits.answerBytes + 1, ' '))),
    );
    const answer = await gateway().register(order({ target: target(`http://127.0.0.1:${port}/rest/`) }));
    expect(answer).toMatchObject({
      kind: 'no_word',
      bytesLeft: true,
      detail: expect.stringContaining('maxContentLength'),
    });
  });

  test('a kept connection that breaks under a second request', async () => {
    const kept = gateway();
    await kept.lookUp('ORDER-1', target());
    simulated.faults.add({ kind: 'drop_after_booking' });
    expect(await kept.register(order())).toMatchObject({ kind: 'no_word', bytesLeft: true });
  });
});

describe('no word, and nothing can have left', () => {
  test.each(['http', 'https'])('nobody listens (%s)', async (protocol) => {
    const unheard = target(`${protocol}://127.0.0.1:${await closedPort()}/rest/`);
    const detail = expect.stringContaining('ECONNREFUSED');
    expect(await gateway().register(order({ target: unheard }))).toEqual({ kind: 'no_word', bytesLeft: false, detail });
    expect(await gateway().lookUp('ORDER-1', unheard)).toEqual({ kind: 'no_word', detail });
  });

  test('no such host', async () => {
    const nowhere = target('https://gateway.invalid/rest/');
    expect(await gateway().register(order({ target: nowhere }))).toMatchObject({ kind: 'no_word', bytesLeft: false });
  });

  test('the other side does not speak TLS', async () => {
    const plain = target(simulated.url.replace('http:', 'https:'));
    expect(await gateway().register(order({ target: plain }))).toMatchObject({ kind: 'no_word', bytesLeft: false });
  });

  test('its certificate is not trusted', async () => {
    let received = 0;
    const server = tls.createServer({ cert: LOCALHOST_PEM, key: LOCALHOST_PEM }, (socket) => {
      socket.on('data', () => {
        received += 1;
      });
    });
    const port = await serve(server);
    const answer = await gateway().register(order({ target: target(`https://127.0.0.1:${port}/rest/`) }));
    expect(answer).toMatchObject({ kind: 'no_word', bytesLeft: false, detail: expect.stringContaining('certificate') });
    expect(received).toBe(0);
  });

  test('it does not finish the TLS handshake within 15 s', async () => {
    const port = await serve(
      net.createServer((socket) => void socket.once('data', () => clock.advance(gatewayLimits.connectMs))),
    );
    const answer = await gateway().register(order({ target: target(`https://127.0.0.1:${port}/rest/`) }));
    expect(answer).toEqual({ kind: 'no_word', bytesLeft: false, detail: 'no connection within 15 s' });
  });

  test('the order belongs to another login: old money never goes to a new account', async () => {
    const old = { ...target(), login: 'somebody.else' };
    expect(await gateway().register(order({ target: old }))).toMatchObject({ kind: 'no_word', bytesLeft: false });
    expect(await gateway().lookUp('ORDER-1', old)).toMatchObject({ kind: 'no_word' });
    expect(simulated.orders()).toEqual([]);
  });
});

describe('over TLS', () => {
  const publicAuthorities = tls.getCACertificates('default');
  beforeAll(() => tls.setDefaultCACertificates([...publicAuthorities, LOCALHOST_PEM]));
  afterAll(() => tls.setDefaultCACertificates(publicAuthorities));

  /** The simulated gateway behind TLS. */
  async function serveTls(options: tls.TlsOptions = {}): Promise<number> {
    const { port } = new URL(simulated.url);
    const pair = { cert: LOCALHOST_PEM, key: LOCALHOST_PEM };
    return serve(
      tls.createServer({ ...pair, ...options }, (socket) => {
        const onward = net.connect(Number(port), '127.0.0.1').on('error', () => socket.destroy());
        socket.on('error', () => onward.destroy());
        socket.pipe(onward).pipe(socket);
      }),
    );
  }

  /** A proxy that takes these credentials and goes where it is told. */
  async function serveProxy(userinfo: string, connects: string[]): Promise<number> {
    const proxy = http.createServer();
    proxy.on('connect', ({ url = '', headers }, socket) => {
      connects.push(url);
      socket.on('error', () => {});
      if (headers['proxy-authorization'] !== `Basic ${Buffer.from(userinfo).toString('base64')}`) {
        return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      }
      const onward = net.connect(Number(url.split(':')[1]), '127.0.0.1').on('error', () => socket.destroy());
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    return serve(proxy);
  }

  test('a trusted certificate lets the order through', async () => {
    const url = `https://localhost:${await serveTls()}/rest/`;
    expect(await gateway().register(order({ target: target(url) }))).toMatchObject({
      kind: 'state',
      state: 'completed',
    });
  });

  test('what breaks after the handshake may have arrived', async () => {
    simulated.faults.add({ kind: 'drop_after_booking' });
    const url = `https://localhost:${await serveTls()}/rest/`;
    expect(await gateway().register(order({ target: target(url) }))).toMatchObject({
      kind: 'no_word',
      bytesLeft: true,
    });
    expect(simulated.orders()).toHaveLength(1);
  });

  test('TLS 1.1 is too old', async () => {
    const url = `https://localhost:${await serveTls({ minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' })}/rest/`;
    expect(await gateway().register(order({ target: target(url) }))).toMatchObject({
      kind: 'no_word',
      bytesLeft: false,
    });
  });

  test('a proxy leads there, and sees no more than the address', async () => {
    const connects: string[] = [];
    const port = await serveTls();
    const httpsProxy = `http://me:pr0xy@127.0.0.1:${await serveProxy('me:pr0xy', connects)}`;
    const url = `https://localhost:${port}/rest/`;
    expect(await gateway({ httpsProxy }).register(order({ target: target(url) }))).toMatchObject({ kind: 'state' });
    expect(connects).toEqual([`localhost:${port}`]);
    simulated.faults.add({ kind: 'drop_after_booking' });
    const second = order({ target: target(url), hipayOrderId: 'ORDER-2' });
    expect(await gateway({ httpsProxy }).register(second)).toMatchObject({ kind: 'no_word', bytesLeft: true });
  });

  test('a proxy that refuses: nothing can have left', async () => {
    const httpsProxy = `http://me:wr0ng@127.0.0.1:${await serveProxy('me:pr0xy', [])}`;
    const url = `https://localhost:${await serveTls()}/rest/`;
    const answer = await gateway({ httpsProxy }).register(order({ target: target(url) }));
    expect(answer).toMatchObject({ kind: 'no_word', bytesLeft: false, detail: expect.stringContaining('407') });
    expect(JSON.stringify(answer)).not.toContain('wr0ng');
  });
});

describe('secrets', () => {
  test('what HiPay echoes of them never reaches an answer', async () => {
    const port = await serve(
      http.createServer((request, response) => {
        const message = `${request.headers.authorization} ${PASSWORD} ${HASH_KEY} ${encodeURIComponent(PASSWORD)}`;
        response.statusCode = 401;
        response.end(JSON.stringify({ code: '1000001', message }));
      }),
    );
    const echo = target(`http://127.0.0.1:${port}/rest/`);
    const said = {
      kind: 'code',
      code: '1000001',
      httpStatus: 401,
      detail: 'Basic [hidden] [hidden] [hidden] [hidden]',
    };
    expect(await gateway().register(order({ target: echo }))).toEqual(said);
    expect(await gateway().lookUp('ORDER-1', echo)).toMatchObject({ kind: 'no_word', detail: said.detail });
  });

  test('a long answer becomes one short line, in which none is left, not even cut', async () => {
    const port = await serve(
      http.createServer((_request, response) => {
        const message = `a\r\n\u0007b${'c'.repeat(gatewayLimits.detailCharacters - 8)}${PASSWORD}${'d'.repeat(5000)}`;
        response.end(JSON.stringify({ code: '1010201', message }));
      }),
    );
    const { detail } = await gateway().register(order({ target: target(`http://127.0.0.1:${port}/rest/`) }));
    expect(detail).toMatch(/^a bc+\[hidd…$/);
  });

  test('no failure and no log line shows any', async () => {
    const unheard = target(`http://127.0.0.1:${await closedPort()}/rest/`);
    const cart = { name: `${PASSWORD} ${HASH_KEY}`, type: PASSWORD };
    const answers = [
      await gateway().register(order({ target: unheard })),
      await gateway().lookUp('ORDER-1', unheard),
      await gateway().register(order({ order: anOrder({ cart: { ...cart, product_reference: '1' } }) })),
      await gateway({ hashKey: undefined }).register(order()),
    ];
    expect(logged).toEqual([expect.stringContaining('type is "[hidden]"')]);
    const all = JSON.stringify([answers, logged]);
    for (const secret of [PASSWORD, HASH_KEY, BASIC]) expect(all).not.toContain(secret);
  });
});

test('HiPay gets a form, credentials and our name, and nothing from the environment stands between', async () => {
  let seen: { headers: http.IncomingHttpHeaders; method: string | undefined; url: string | undefined } | undefined;
  const port = await serve(
    http.createServer(({ headers, method, url }, response) => {
      seen = { headers, method, url };
      response.end('{"state":"completed","transactionReference":"1"}');
    }),
  );
  process.env.http_proxy = `http://127.0.0.1:${await closedPort()}`;
  closers.push(() => delete process.env.http_proxy);
  await gateway().register(order({ target: target(`http://127.0.0.1:${port}/rest/`) }));
  expect(seen).toMatchObject({
    method: 'POST',
    url: '/rest/v1/order',
    headers: {
      authorization: `Basic ${BASIC}`,
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'user-agent': 'test/1',
    },
  });
});
