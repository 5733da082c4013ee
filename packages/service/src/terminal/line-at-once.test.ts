import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LinuxPortBinding } from '@serialport/bindings-cpp';
import { readAtOnce } from './line-at-once.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'endless-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A port with a hundred bytes to be read, and another way to them. */
function endlessPort(): { port: LinuxPortBinding; aside: number } {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const [fd, aside] = [1, 2].map(() => openSync(path, constants.O_RDWR | constants.O_NONBLOCK)) as [number, number];
  writeSync(fd, new Uint8Array(100));
  const port = new LinuxPortBinding(fd, { path, baudRate: 9600 } as never);
  readAtOnce(port);
  return { port, aside };
}

onLinux('a device that never falls silent leaves time for all else', async () => {
  const { port, aside } = endlessPort();
  const happened: string[] = [];
  const endlessly = async () => {
    while (happened.length < 8) {
      const { bytesRead } = await port.read(Buffer.alloc(1), 0, 1);
      happened.push(`${bytesRead} byte`);
    }
  };
  const reading = endlessly();
  while (happened.length < 8) {
    await new Promise(setImmediate);
    happened.push('another turn');
  }
  await reading;
  await port.close();
  closeSync(aside);
  expect(happened.slice(0, 4)).toEqual(['1 byte', 'another turn', '1 byte', 'another turn']);
});

onLinux(
  'a port that is closed while its turn is waited for is read no more: its number may be another one’s',
  async () => {
    const { port, aside } = endlessPort();
    await port.read(Buffer.alloc(1), 0, 1);
    const waiting = port.read(Buffer.alloc(1), 0, 1);
    // What closing does first; the number itself stays good here, as where somebody else has got it since.
    const { fd } = port;
    port.fd = null;
    await expect(waiting).rejects.toMatchObject({ code: 'EBADF' });
    port.fd = fd;
    await port.close();
    expect(readSync(aside, Buffer.alloc(200))).toBe(99);
    closeSync(aside);
  },
);
