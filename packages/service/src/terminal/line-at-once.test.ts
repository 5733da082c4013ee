import { execFileSync } from 'node:child_process';
import { constants, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LinuxPortBinding } from '@serialport/bindings-cpp';
import { readAtOnce } from './line-at-once.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a device that never falls silent leaves time for all else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'endless-'));
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  writeSync(fd, new Uint8Array(100));
  const port = new LinuxPortBinding(fd, { path, baudRate: 9600 } as never);
  readAtOnce(port);
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
  await rm(folder, { recursive: true });
  expect(happened.slice(0, 4)).toEqual(['1 byte', 'another turn', '1 byte', 'another turn']);
});
