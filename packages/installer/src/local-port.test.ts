import { createServer, type Server } from 'node:net';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { expect, test } from '@jest/globals';
import { localPortState } from './local-port.ts';

async function listening(host: string): Promise<{ server: Server; port: number }> {
  const [port, server] = [await freePort(), createServer()];
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return { server, port };
}

test('a port is in use for as long as somebody listens on it', async () => {
  const { server, port } = await listening('127.0.0.1');
  expect(await localPortState(port)).toBe('in_use');
  await new Promise((resolve) => server.close(resolve));
  expect(await localPortState(port)).toBe('free');
});

test('also where that is on ::1 alone, if this machine has it', async () => {
  const held = await listening('::1').catch(() => undefined);
  if (held === undefined) return expect(await localPortState(0)).toBe('free');
  expect(await localPortState(held.port)).toBe('in_use');
  held.server.close();
});
