import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../packages/simulator/src/demo/free-port.ts';
import { configText, tillCredentials } from './answers.ts';
import type { Checks } from './checks.ts';
import { Till } from './till.ts';
import { until } from './until.ts';

/** Mounts over both folders that could be written to, in a mount namespace of its own; "$0" is the folder, "$@" the command. */
const NOEXEC = 'for one in bin/data/native tmp; do mount -t tmpfs -o noexec,mode=700 none "$0/$one"; done; exec "$@"';

/** A service whose native module can be written, and loaded from nowhere: it serves, and says what is in its way. Needs root, for the mounts. */
export async function nowhereToLoadFrom(checks: Checks, executable: string, folder: string): Promise<void> {
  for (const one of ['bin/data/native', 'tmp']) await mkdir(join(folder, one), { recursive: true, mode: 0o700 });
  const program = join(folder, 'bin', 'tp-manager');
  await copyFile(executable, program);
  const localPort = await freePort();
  const config = configText({ serialPort: '/dev/ptmx', localPort, gatewayUrl: 'http://127.0.0.1:9/rest/' });
  await writeFile(join(folder, 'bin/data/config.yml'), config, { mode: 0o600 });
  const words = ['--mount', '--propagation', 'private', 'sh', '-c', NOEXEC, folder, program];
  const env = { HOME: '/proc/nowhere', TMPDIR: join(folder, 'tmp'), PATH: process.env.PATH };
  const service = spawn('unshare', words, { env, stdio: 'ignore' });
  const ended = once(service, 'exit');
  try {
    const till = new Till(localPort, tillCredentials);
    const health = (await until('the service answers', () => till.get('/health'))) as {
      terminal?: { detail?: string };
    };
    const detail = health.terminal?.detail ?? '';
    const says = ['bin/data/native', 'failed to map', '/proc/nowhere', 'TP_MANAGER_NATIVE_DIR'].every((word) =>
      detail.includes(word),
    );
    checks.check('where no folder lets modules be loaded (noexec), it serves and says so', says, health);
  } finally {
    service.kill('SIGKILL');
    await ended;
  }
}
