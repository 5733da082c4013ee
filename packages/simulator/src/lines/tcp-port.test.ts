import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { freePort } from '../demo/free-port.ts';
import { PortLog } from './port-log.ts';
import { openTcpPort } from './tcp-port.ts';

async function register(path: string): Promise<Socket> {
  const { hostname, port } = new URL(path);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

test('bytes travel both ways, and the register may leave and come back', async () => {
  const log = new PortLog();
  const port = await openTcpPort(0, log);
  expect(port.path).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
  for (const round of [1, 2]) {
    const socket = await register(port.path);
    socket.write(Uint8Array.of(round));
    await log.until(() => log.heard.length === round);
    log.lines.at(-1)?.write(Uint8Array.of(0x06));
    const [answer] = await once(socket, 'data');
    expect([...answer]).toEqual([0x06]);
    socket.destroy();
    await log.until(() => log.closings.length === round);
  }
  expect(log.heard).toEqual([1, 2]);
  await port.close();
});

test('a second register is turned away, the first one stays', async () => {
  const log = new PortLog();
  const port = await openTcpPort(0, log);
  const first = await register(port.path);
  await log.until(() => log.lines.length === 1);
  const second = await register(port.path);
  await once(second, 'close');
  first.write(Uint8Array.of(9));
  await log.until(() => log.heard.length === 1);
  expect(log.lines).toHaveLength(1);
  first.destroy();
  await port.close();
});

test('unplugged, the register is cut off and finds nobody; plugged in again, the address is the same', async () => {
  const log = new PortLog();
  const port = await openTcpPort(await freePort(), log);
  const socket = await register(port.path);
  await log.until(() => log.lines.length === 1);
  port.unplug();
  await once(socket, 'close');
  expect(log.closings).toEqual(['the cable was pulled']);
  await expect(register(port.path)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await Promise.all([port.replug(), port.replug()]);
  (await register(port.path)).destroy();
  await log.until(() => log.lines.length === 2);
  await port.close();
});

test('closed while it is being plugged in again: nobody listens there', async () => {
  const port = await openTcpPort(await freePort(), new PortLog());
  port.unplug();
  const replugged = port.replug();
  await port.close();
  await replugged;
  await expect(register(port.path)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('a port that is taken is named', async () => {
  const first = await openTcpPort(0, new PortLog());
  const { port } = new URL(first.path);
  await expect(openTcpPort(Number(port), new PortLog())).rejects.toThrow(
    `port ${port} of 127.0.0.1 is taken by another program: choose another one with --tcp`,
  );
  await first.close();
});
