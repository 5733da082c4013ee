import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { LOCALHOST_PEM, TestHipay } from '../../test/support/test-hipay.ts';
import { until } from '../../test/support/until.ts';
import { gatewayLimits } from './gateway-limits.ts';

let hipay: TestHipay;
beforeEach(async () => {
  hipay = await TestHipay.open();
});
afterEach(() => hipay.close());

describe('no word, and the request may have arrived', () => {
  test.each([
    ['a page of a proxy', { kind: 'http_500_html' }, 500],
    ['503 with nothing', { kind: 'http_status', status: 503 }, 503],
    ['200 with nothing', { kind: 'http_status', status: 200 }, 200],
    ['a redirect, not followed', { kind: 'http_status', status: 302 }, 302],
  ] as const)('%s', async (_what, fault, httpStatus) => {
    hipay.simulated.faults.add(fault);
    expect(await hipay.gateway().register(hipay.order())).toMatchObject({
      kind: 'no_word',
      bytesLeft: true,
      httpStatus,
    });
    expect(await hipay.gateway().lookUp('ORDER-1', hipay.target())).toMatchObject({ kind: 'no_word', httpStatus });
  });

  test('the connection is cut after the booking', async () => {
    hipay.simulated.faults.add({ kind: 'drop_after_booking' });
    expect(await hipay.gateway().register(hipay.order())).toMatchObject({ kind: 'no_word', bytesLeft: true });
    expect(hipay.simulated.orders()).toHaveLength(1);
    expect(await hipay.gateway().lookUp('ORDER-1', hipay.target())).toMatchObject({ kind: 'found' });
  });

  test('the connection is cut at once: nobody can tell', async () => {
    hipay.simulated.faults.add({ kind: 'refuse_connection', times: 2 });
    expect(await hipay.gateway().register(hipay.order())).toMatchObject({ kind: 'no_word', bytesLeft: true });
    expect(await hipay.gateway().lookUp('ORDER-1', hipay.target())).toMatchObject({ kind: 'no_word' });
    expect(await hipay.gateway().register(hipay.order())).toMatchObject({ kind: 'state' });
  });

  test('rule 12: no answer within 60 s, though it was booked', async () => {
    hipay.simulated.faults.add({ kind: 'timeout_after_booking' });
    const answer = hipay.gateway().register(hipay.order());
    await until(() => hipay.simulated.orders().length === 1);
    hipay.clock.advance(gatewayLimits.connectMs);
    hipay.clock.advance(gatewayLimits.wholeMs - gatewayLimits.connectMs - 1);
    expect(await Promise.race([answer, new Promise((resolve) => setImmediate(resolve, 'waits'))])).toBe('waits');
    hipay.clock.advance(1);
    expect(await answer).toEqual({ kind: 'no_word', bytesLeft: true, detail: 'no answer within 60 s' });
  });

  test('an answer that begins and does not end', async () => {
    const port = await hipay.serve(
      http.createServer((_request, response) => {
        response.write('{"state":"comp');
        setImmediate(() => hipay.clock.advance(gatewayLimits.wholeMs));
      }),
    );
    const answer = await hipay
      .gateway()
      .register(hipay.order({ target: hipay.target(`http://127.0.0.1:${port}/rest/`) }));
    expect(answer).toMatchObject({ kind: 'no_word', bytesLeft: true });
  });

  test('an answer that never ends to come', async () => {
    const port = await hipay.serve(
      http.createServer((_request, response) => void response.end(Buffer.alloc(gatewayLimits.answerBytes + 1, ' '))),
    );
    const answer = await hipay
      .gateway()
      .register(hipay.order({ target: hipay.target(`http://127.0.0.1:${port}/rest/`) }));
    expect(answer).toMatchObject({
      kind: 'no_word',
      bytesLeft: true,
      detail: expect.stringContaining('maxContentLength'),
    });
  });

  test('a kept connection that breaks under a second request', async () => {
    const kept = hipay.gateway();
    await kept.lookUp('ORDER-1', hipay.target());
    hipay.simulated.faults.add({ kind: 'drop_after_booking' });
    expect(await kept.register(hipay.order())).toMatchObject({ kind: 'no_word', bytesLeft: true });
  });
});

describe('no word, and nothing can have left', () => {
  test.each(['http', 'https'])('nobody listens (%s)', async (protocol) => {
    const unheard = hipay.target(`${protocol}://127.0.0.1:${await freePort()}/rest/`);
    const detail = expect.stringContaining('ECONNREFUSED');
    expect(await hipay.gateway().register(hipay.order({ target: unheard }))).toEqual({
      kind: 'no_word',
      bytesLeft: false,
      detail,
    });
    expect(await hipay.gateway().lookUp('ORDER-1', unheard)).toEqual({ kind: 'no_word', detail });
  });

  test('no such host', async () => {
    const nowhere = hipay.target('https://gateway.invalid/rest/');
    expect(await hipay.gateway().register(hipay.order({ target: nowhere }))).toMatchObject({
      kind: 'no_word',
      bytesLeft: false,
    });
  });

  test('the other side does not speak TLS', async () => {
    const plain = hipay.target(hipay.simulated.url.replace('http:', 'https:'));
    expect(await hipay.gateway().register(hipay.order({ target: plain }))).toMatchObject({
      kind: 'no_word',
      bytesLeft: false,
    });
  });

  test('its certificate is not trusted', async () => {
    let received = 0;
    const server = tls.createServer({ cert: LOCALHOST_PEM, key: LOCALHOST_PEM }, (socket) => {
      socket.on('data', () => {
        received += 1;
      });
    });
    const port = await hipay.serve(server);
    const answer = await hipay
      .gateway()
      .register(hipay.order({ target: hipay.target(`https://127.0.0.1:${port}/rest/`) }));
    expect(answer).toMatchObject({ kind: 'no_word', bytesLeft: false, detail: expect.stringContaining('certificate') });
    expect(received).toBe(0);
  });

  test('it does not finish the TLS handshake within 15 s', async () => {
    const port = await hipay.serve(
      net.createServer((socket) => void socket.once('data', () => hipay.clock.advance(gatewayLimits.connectMs))),
    );
    const answer = await hipay
      .gateway()
      .register(hipay.order({ target: hipay.target(`https://127.0.0.1:${port}/rest/`) }));
    expect(answer).toEqual({ kind: 'no_word', bytesLeft: false, detail: 'no connection within 15 s' });
  });

  test('the order belongs to another login: old money never goes to a new account', async () => {
    const old = { ...hipay.target(), login: 'somebody.else' };
    expect(await hipay.gateway().register(hipay.order({ target: old }))).toMatchObject({
      kind: 'no_word',
      bytesLeft: false,
    });
    expect(await hipay.gateway().lookUp('ORDER-1', old)).toMatchObject({ kind: 'no_word' });
    expect(hipay.simulated.orders()).toEqual([]);
  });
});
