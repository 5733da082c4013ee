import { createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { ACK, ENQ, EOT, NAK } from '@hipay-ecr/shared/concert/control.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { openPtyPort } from '@hipay-ecr/simulator/lines/pty-port.ts';
import { openTcpPort } from '@hipay-ecr/simulator/lines/tcp-port.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { PortWorld } from './port-world.ts';
import { testTerminal } from './test-terminal.ts';

const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
const world: PortWorld = { platform: 'linux', root: '/', userName: 'cashier', systemList: async () => [] };

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A device that answers each ENQ with these bytes, and remembers what it heard. */
async function device(kind: 'pty' | 'tcp', answer: number[]): Promise<{ path: string; heard: number[] }> {
  const heard: number[] = [];
  let line: Line | undefined;
  const listener = {
    opened(opened: Line) {
      line = opened;
    },
    bytes(bytes: Uint8Array) {
      heard.push(...bytes);
      if (bytes.includes(ENQ) && answer.length > 0) line?.write(Uint8Array.from(answer));
    },
    closed() {},
  };
  const port = kind === 'pty' ? await openPtyPort({}, listener) : await openTcpPort(0, listener);
  ends.push(() => port.close());
  return { path: port.path, heard };
}

test.each(['pty', 'tcp'] as const)('a simulated terminal on a %s answers', async (line) => {
  const terminal = await startTerminal({ line });
  ends.push(() => terminal.close());
  expect(await testTerminal(terminal.path, settings, world, realClock)).toEqual({ at: 'answers' });
});

test.each(['pty', 'tcp'] as const)('an idle terminal on a %s hears ENQ and EOT, and nothing else', async (kind) => {
  const { path, heard } = await device(kind, [ACK]);
  expect(await testTerminal(path, settings, world, realClock)).toEqual({ at: 'answers' });
  while (heard.length < 2) await setImmediate();
  expect(heard).toEqual([ENQ, EOT]);
});

describe('a terminal that is occupied', () => {
  test('refuses', async () => {
    const { path } = await device('tcp', [NAK]);
    expect(await testTerminal(path, settings, world, realClock)).toEqual({ at: 'busy' });
  });

  test('wants to tell a result itself: it may, and is told nothing that it could take for "kept"', async () => {
    // ENQ, then a frame: an answer to a payment of 10.00 EUR, whose LRC is right.
    const frame = [0x02, ...Buffer.from('010000010001978          '), 0x03, 0x34];
    const { path, heard } = await device('tcp', [ENQ, ...frame]);
    expect(await testTerminal(path, settings, world, realClock)).toEqual({ at: 'busy' });
    expect(heard.filter((byte) => byte === ACK).length).toBeLessThanOrEqual(1);
  });
});

test('a silent one is asked twice', async () => {
  const clock = new ManualClock();
  const { path, heard } = await device('tcp', []);
  let presence: unknown;
  void testTerminal(path, settings, world, clock).then((result) => {
    presence = result;
  });
  while (presence === undefined) {
    await setImmediate();
    clock.advance(50);
  }
  expect(presence).toEqual({ at: 'silent' });
  const asked = () => heard.filter((byte) => byte === ENQ).length;
  while (asked() < 2) await setImmediate();
  expect(asked()).toBe(2);
  expect(heard.filter((byte) => byte !== ENQ && byte !== EOT)).toEqual([]);
});

test('a port that is open elsewhere is in use', async () => {
  const { path } = await device('pty', []);
  const { SerialPort } = await import('serialport');
  const other = new SerialPort({ path, baudRate: 9600, autoOpen: false });
  await new Promise<void>((resolve, reject) => other.open((error) => (error ? reject(error) : resolve())));
  ends.unshift(() => new Promise<void>((resolve) => other.close(() => resolve())));
  expect(await testTerminal(path, settings, world, realClock)).toEqual({ at: 'in_use' });
});

test.each([
  ['/dev/ttyACM99', { at: 'no_such_port' }],
  ['/dev', { at: 'not_serial' }],
  ['/dev/null', { at: 'not_serial' }],
  ['COM3', { at: 'other_system', platform: 'windows' }],
])('%s', async (path, expected) => {
  expect(await testTerminal(path, settings, world, realClock)).toEqual(expected);
});

test('where nobody listens, the reason is named', async () => {
  const presence = await testTerminal(`tcp://127.0.0.1:${await freePort()}`, settings, world, realClock);
  expect(presence).toEqual({ at: 'cannot_open', why: 'ECONNREFUSED' });
});

test('a line that ends meanwhile is no terminal', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  const { port } = server.address() as { port: number };
  const presence = await testTerminal(`tcp://127.0.0.1:${port}`, settings, world, realClock);
  expect(presence).toEqual({ at: 'no_such_port' });
});
