import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from './free-port.ts';

test('a port nobody has, and that the system gives nobody who does not ask for it', async () => {
  const port = await freePort();
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(32_000);
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
});

test('what is taken is passed over', async () => {
  const servers = [];
  const ports = new Set<number>();
  for (let count = 0; count < 50; count++) {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    ports.add(port);
  }
  for (const server of servers) server.close();
  expect(ports.size).toBe(50);
});

test('those who look at once, and do not listen yet, find different ones', async () => {
  const ports = await Promise.all(Array.from({ length: 30 }, () => freePort()));
  expect(new Set(ports).size).toBe(30);
});
