import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';
import { afterEach, expect, test } from '@jest/globals';
import { openPty, type Pty } from '../../test/support/pty.ts';
import { until } from '../../test/support/until.ts';
import { openSerialLine } from './serial-line.ts';

const settings: LineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);

let pty: Pty;
let line: Line | undefined;

/** Opens the line on a new pseudo-terminal and keeps what it tells. */
async function openOnPty(): Promise<{ heard: number[]; closed: string[]; line: Line }> {
  pty = await openPty();
  const heard: number[] = [];
  const closed: string[] = [];
  line = await openSerialLine(pty.path, settings, {
    bytes: (bytes) => heard.push(...bytes),
    closed: (reason) => closed.push(reason),
  });
  return { heard, closed, line };
}

/** Libuv has four threads unless told otherwise; opening a pipe that nobody writes to holds one up each. */
async function holdUpThePool(): Promise<{ held(): boolean }> {
  const folder = await mkdtemp(join(tmpdir(), 'pool-'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  let opened = 0;
  const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4);
  const openings = Array.from({ length: threads }, async () => {
    const handle = await open(pipe, 'r');
    opened += 1;
    return handle;
  });
  letGoOfThePool = async () => {
    const writer = openSync(pipe, constants.O_RDWR);
    for (const opening of openings) await (await opening).close();
    closeSync(writer);
    await rm(folder, { recursive: true });
  };
  return { held: () => opened === 0 };
}

let letGoOfThePool: (() => Promise<void>) | undefined;

afterEach(async () => {
  await letGoOfThePool?.();
  letGoOfThePool = undefined;
  line?.close();
  line = undefined;
  pty.hangUp();
});

test('every byte value goes through unchanged, both ways', async () => {
  const { heard, line } = await openOnPty();
  line.write(EVERY_BYTE);
  pty.write(EVERY_BYTE);
  await until(() => heard.length >= 256 && pty.received().length >= 256);
  expect(heard).toEqual([...EVERY_BYTE]);
  expect(pty.received()).toEqual([...EVERY_BYTE]);
});

test('what is written is handed over, in order', async () => {
  const { line } = await openOnPty();
  const handedOver: string[] = [];
  line.write(Uint8Array.of(0x05), () => handedOver.push('ENQ'));
  line.write(Uint8Array.of(0x04), () => handedOver.push('EOT'));
  await until(() => handedOver.length === 2);
  expect(handedOver).toEqual(['ENQ', 'EOT']);
});

test('what the system does not take at once goes later, in order', async () => {
  const { line } = await openOnPty();
  // More in one turn than a pseudo-terminal holds (64 KiB), cut anywhere; and more while that is still on its way.
  const bursts = Array.from({ length: 300 }, (_, burst) => Uint8Array.from({ length: 777 }, (_, n) => burst * 7 + n));
  const handedOver: number[] = [];
  for (const [burst, bytes] of bursts.entries()) {
    line.write(bytes, () => handedOver.push(burst));
    if (burst > 150) await new Promise(setImmediate);
  }
  const all = bursts.flatMap((bytes) => [...bytes]);
  await until(() => handedOver.length === bursts.length && pty.received().length >= all.length);
  expect(handedOver).toEqual([...bursts.keys()]);
  expect(Buffer.from(pty.received()).equals(Buffer.from(all))).toBe(true);
});

test('bytes travel both ways while every thread of the pool is held up, as by look-ups of names without a network', async () => {
  const { heard, line } = await openOnPty();
  const pool = await holdUpThePool();
  let handedOver = false;
  line.write(Uint8Array.of(0x05), () => {
    handedOver = true;
  });
  pty.write(Uint8Array.of(0x06));
  await until(() => handedOver && heard.length === 1 && pty.received().length === 1);
  expect(pool.held()).toBe(true);
}, 10_000);

test('a hang-up of an idle line is told once', async () => {
  const { heard, closed } = await openOnPty();
  pty.write(Uint8Array.of(0x05));
  await until(() => heard.length === 1);
  pty.hangUp();
  await until(() => closed.length > 0);
  expect(closed).toHaveLength(1);
});

test('a hang-up while a read is in flight is told once, and the port is given up', async () => {
  const { closed, heard, line } = await openOnPty();
  // The bytes wake the reader; by the time it reads again, the other side has gone, and it reads nothing at all.
  pty.write(Uint8Array.of(0x06));
  pty.hangUp();
  await until(() => closed.length > 0);
  expect(closed).toHaveLength(1);
  const heardBefore = heard.length;
  line.write(Uint8Array.of(0x05), () => heard.push(-1));
  await new Promise(setImmediate);
  expect(heard).toHaveLength(heardBefore);
});

test('a hang-up under traffic in both directions is told once', async () => {
  const { closed, heard, line } = await openOnPty();
  for (let burst = 0; burst < 20; burst++) line.write(EVERY_BYTE);
  pty.write(EVERY_BYTE);
  await until(() => heard.length > 0);
  pty.hangUp();
  await until(() => closed.length > 0);
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(closed).toHaveLength(1);
});

test('after close nothing more is told', async () => {
  const { closed, heard, line } = await openOnPty();
  line.close();
  pty.write(Uint8Array.of(0x05));
  pty.hangUp();
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect([closed, heard]).toEqual([[], []]);
});

test('a port that is open already is refused to a second reader', async () => {
  await openOnPty();
  const second = openSerialLine(pty.path, settings, { bytes() {}, closed() {} });
  await expect(second).rejects.toThrow(/lock|busy/i);
});
