import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '../../test/support/until.ts';
import { openTcpLine } from './tcp-line.ts';

let server: Server;
let register: Socket | undefined;
let line: Line | undefined;
const heard: number[] = [];
const closed: string[] = [];

beforeEach(async () => {
  heard.length = 0;
  closed.length = 0;
  server = createServer((socket) => {
    register = socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  line?.close();
  register?.destroy();
  server.close();
});

const port = () => (server.address() as AddressInfo).port;
const listener = {
  bytes: (bytes: Uint8Array) => void heard.push(...bytes),
  closed: (reason: string) => void closed.push(reason),
};

async function connect(): Promise<{ line: Line; far: Socket }> {
  line = await openTcpLine('127.0.0.1', port(), listener);
  await until(() => register !== undefined);
  return { line, far: register as Socket };
}

test('bytes go both ways, and what is written is handed over', async () => {
  const { line, far } = await connect();
  const received: number[] = [];
  far.on('data', (bytes: Buffer) => received.push(...bytes));
  let handedOver = false;
  line.write(Uint8Array.of(0x05, 0x84), () => {
    handedOver = true;
  });
  far.write(Uint8Array.of(0x06, 0xff, 0x00));
  await until(() => received.length === 2 && heard.length === 3 && handedOver);
  expect(received).toEqual([0x05, 0x84]);
  expect(heard).toEqual([0x06, 0xff, 0x00]);
});

test.each([
  ['ended', (far: Socket) => far.end()],
  ['reset', (far: Socket) => far.resetAndDestroy()],
])('a connection that is %s is told once', async (_how, finish) => {
  const { far } = await connect();
  finish(far);
  await until(() => closed.length > 0);
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  expect(closed).toHaveLength(1);
});

test('after close nothing is told', async () => {
  const { line, far } = await connect();
  line.close();
  far.write(Uint8Array.of(0x05));
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  expect([heard, closed]).toEqual([[], []]);
});

test('a refused connection says which, and why', async () => {
  const gone = await freePort();
  await expect(openTcpLine('127.0.0.1', gone, listener)).rejects.toThrow(
    `the connection to 127.0.0.1:${gone} failed (ECONNREFUSED): is the device on, and its address right?`,
  );
});

/** Listens and never accepts: once its queue is full, a connection is neither made nor refused. */
const DEAF_SERVER = `
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

test('a connection that is never made is given up', async () => {
  const deaf = spawn(process.execPath, ['-e', DEAF_SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Line[] = [];
  try {
    const [text] = await once(deaf.stdout, 'data');
    const fillItsQueue = async () => {
      for (;;) lines.push(await openTcpLine('127.0.0.1', Number(text), listener, 200));
    };
    await expect(fillItsQueue()).rejects.toThrow('failed (no answer within 200 ms)');
  } finally {
    for (const each of lines) each.close();
    deaf.kill('SIGKILL');
  }
});
