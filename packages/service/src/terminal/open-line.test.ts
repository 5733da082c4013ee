import { createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { openPty } from '../../test/support/pty.ts';
import { until } from '../../test/support/until.ts';
import { type OpenedLine, openRealLine } from './open-line.ts';

const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
const listener = { bytes() {}, closed() {} };
const openLine = openRealLine();

let opened: OpenedLine | undefined;
let cleanUp = () => {};
afterEach(() => {
  opened?.line.close();
  opened = undefined;
  cleanUp();
});

test('a pseudo-terminal is opened, and refused to a second program with a sentence', async () => {
  const pty = await openPty();
  cleanUp = () => pty.hangUp();
  opened = await openLine({ serialPort: pty.path, line }, listener);
  expect(opened.device).toEqual({ port: pty.path, identity: pty.path });
  opened.line.write(Uint8Array.of(0x05));
  await until(() => pty.received().length === 1);
  await expect(openLine({ serialPort: pty.path, line }, listener)).rejects.toMatchObject({
    code: '1004',
    message: expect.stringContaining(`${pty.path} is in use by another program`),
  });
});

test('a port that is set to seven bits and even parity is opened so', async () => {
  const pty = await openPty();
  cleanUp = () => pty.hangUp();
  opened = await openLine({ serialPort: pty.path, line: { ...line, dataBits: 7, parity: 'even' } }, listener);
  opened.line.write(Uint8Array.of(0x05));
  await until(() => pty.received().length === 1);
  expect(pty.received()).toEqual([0x05]);
});

test('tcp://host:port is connected to', async () => {
  const heard: number[] = [];
  const server = createServer((socket) => socket.on('data', (bytes: Uint8Array) => heard.push(...bytes)));
  cleanUp = () => server.close();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  opened = await openLine({ serialPort: `tcp://127.0.0.1:${port}`, line }, listener);
  expect(opened.device).toEqual({ port: `tcp://127.0.0.1:${port}`, identity: `127.0.0.1:${port}` });
  opened.line.write(Uint8Array.of(0x05));
  await until(() => heard.length === 1);
});
