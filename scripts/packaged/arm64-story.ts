import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../packages/simulator/src/demo/free-port.ts';
import { configText, tillCredentials } from './answers.ts';
import { Checks } from './checks.ts';
import { run, Stage } from './stage.ts';
import { Till } from './till.ts';
import { until } from './until.ts';

// The arm64 executable under qemu's user emulation (Debian: qemu-user-static, libc6-arm64-cross, libstdc++6-arm64-cross): its
// version, one payment, its end. qemu is slow, so nothing is said about time.

const QEMU = ['qemu-aarch64-static', '-L', '/usr/aarch64-linux-gnu'] as const;

const checks = new Checks();
const stage = await Stage.open('arm64-story', 'setup-concertv2-linux_arm64.zip');
try {
  await story();
} finally {
  await stage.close();
}
checks.close('The arm64 executable under qemu');

async function story(): Promise<void> {
  const program = stage.path('delivery', 'bin', 'tp-manager');
  const [command, ...words] = [...QEMU, program];
  const version = await run(command, [...words, '--version']);
  checks.check('it tells its version', /-concertv2-linux_arm64\n$/.test(version.stdout), version);

  const link = stage.path('terminal');
  const gateway = await stage.simulate(['gateway', '--port', '0']);
  await stage.simulate(['terminal', '--link', link, '--payment-time', '3000']);
  const localPort = await freePort();
  const data = stage.path('delivery', 'bin', 'data');
  await mkdir(data, { mode: 0o700 });
  const config = configText({ serialPort: link, localPort, gatewayUrl: gateway.address });
  await writeFile(join(data, 'config.yml'), config, { mode: 0o600 });
  const service = spawn(command, words, { stdio: 'inherit', env: { HOME: '/nonexistent', PATH: process.env.PATH } });
  const ended = once(service, 'exit');
  try {
    const till = new Till(localPort, tillCredentials);
    const told = await until('the service answers', () => till.get('/version'), 120_000);
    checks.check('the service answers', told.version === version.stdout.trim(), told);
    const answer = await till.pay('10.23', 'A-1');
    checks.check('a card is paid, over a pseudo-terminal', answer?.paymentStatus === 'SUCCESS', answer);
    checks.check('HiPay has been told', answer?.notificationHipaySent === true, answer);
    const native = await readFile(`/proc/${service.pid}/maps`, 'utf8');
    checks.check("its native module stands in the service's own folder", native.includes(join(data, 'native')), native);
    await till.get('/stop');
    const [status] = (await ended) as [number | null];
    checks.check('GET /stop stops it', status === 0, status);
  } finally {
    service.kill('SIGKILL');
  }
}
