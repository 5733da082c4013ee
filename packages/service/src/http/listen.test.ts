import { createServer, type RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { afterEach, expect, test } from '@jest/globals';
import { call } from '../../test/support/http-call.ts';
import { compileSchema } from './compile-schema.ts';
import { type Listening, listen } from './listen.ts';
import { schemas } from './schemas.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
const hello: RequestListener = (_request, response) => void response.end('hello');

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function serve(app: RequestListener, port = 0): Promise<Listening> {
  const listening = await listen(app, port);
  open.push(listening);
  return listening;
}

function bare(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  return socket;
}

/** All that comes until the other side ends. */
async function all(socket: Socket): Promise<string> {
  let seen = '';
  for await (const chunk of socket) seen += chunk;
  return seen;
}

test('both loopback addresses are served, on one port', async () => {
  const { port } = await serve(hello);
  expect(port).toBeGreaterThan(0);
  expect((await call(port, { address: '127.0.0.1' })).text).toBe('hello');
  if (hasIpv6) expect((await call(port, { address: '::1' })).text).toBe('hello');
});

test.each(['127.0.0.1', ...(hasIpv6 ? ['::1'] : [])])(
  'a port in use on %s is an error that says what to do',
  async (address) => {
    const [port, other] = [await freePort(), createServer(hello)];
    await new Promise<void>((resolve) => other.listen(port, address, resolve));
    open.push({ close: () => new Promise((resolve) => other.close(() => resolve())) });
    const failure = await listen(hello, port).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OperatingError);
    expect((failure as OperatingError).message).toContain(`Port ${port} on ${address} is in use by another program`);
    expect((failure as OperatingError).message).toContain('local_port');
    // What had been taken before the failure is free again.
    const free = address === '::1' ? '127.0.0.1' : undefined;
    if (free !== undefined) {
      const next = createServer(hello);
      await new Promise<void>((resolve, reject) => next.once('error', reject).listen(port, free, resolve));
      open.push({ close: () => new Promise((resolve) => next.close(() => resolve())) });
    }
  },
);

test('close ends idle connections at once, also one that never asked anything', async () => {
  const { port, close } = await serve(hello, await freePort());
  const silent = bare(port);
  const kept = bare(port);
  kept.write(`GET / HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  await new Promise((resolve) => kept.once('data', resolve));
  const ended = [silent, kept].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  await close();
  await Promise.all(ended);
  await expect(call(port, {})).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('close waits for an answer that is under way, and ends its connection then', async () => {
  let answer: () => void = () => {};
  let asked: () => void = () => {};
  const wasAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const { port, close } = await serve((_request, response) => {
    answer = () => void response.end('at last');
    asked();
  });
  const socket = bare(port);
  socket.write(`GET / HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: keep-alive\r\n\r\n`);
  await wasAsked;
  const order: string[] = [];
  const closed = close().then(() => order.push('closed'));
  await new Promise((resolve) => setImmediate(resolve));
  order.push('answered');
  answer();
  expect(await all(socket)).toContain('at last');
  await closed;
  expect(order).toEqual(['answered', 'closed']);
});

test('close leaves an answer that is on its way to its end, and whoever watches it hears that it arrived', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const long = 'x'.repeat(8_000_000);
  let wasOpen: boolean | undefined;
  const { port, close } = await serve((_request, response) => {
    response.prependOnceListener('finish', () => {
      wasOpen = response.socket?.destroyed === false;
    });
    // Node takes a request that is still being read for no idle one.
    setImmediate(() => {
      response.end(long);
      close().then(resolve);
    });
  });
  expect((await call(port, {})).text).toHaveLength(long.length);
  await closed;
  expect(wasOpen).toBe(true);
});

test.each([
  ['what is no HTTP', 'hello\r\n\r\n', 400],
  ['headers without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
])('%s is answered in the form of every other error', async (_what, sent, status) => {
  const { port } = await serve(hello);
  const socket = bare(port);
  socket.write(sent);
  const [head = '', body = ''] = (await all(socket)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(compileSchema(schemas.ErrorEnvelope)(JSON.parse(body))).toBe(true);
});
