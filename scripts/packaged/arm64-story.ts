import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../packages/simulator/src/demo/free-port.ts';
import { folders } from '../package/folders.ts';
import { answersFile, tillCredentials } from './answers.ts';
import { Checks } from './checks.ts';
import { Simulator } from './simulator.ts';
import { Till } from './till.ts';
import { until } from './until.ts';

// The arm64 executable under qemu's user emulation (Debian: qemu-user-static, libc6-arm64-cross, libstdc++6-arm64-cross): its
// version, one payment, its end. qemu is slow, so nothing is said about time.

const run = promisify(execFile);
const QEMU = ['qemu-aarch64-static', '-L', '/usr/aarch64-linux-gnu'] as const;

const checks = new Checks();
const work = await mkdtemp(join(tmpdir(), 'arm64-story-'));
const simulators: Simulator[] = [];
try {
  await story();
} finally {
  for (const simulator of simulators) await simulator.kill();
  await rm(work, { recursive: true, force: true });
}
checks.close('The arm64 executable under qemu');

async function story(): Promise<void> {
  await run('unzip', ['-q', join(folders.out, 'setup-concertv2-linux_arm64.zip'), '-d', join(work, 'delivery')]);
  await run('unzip', ['-q', join(folders.out, 'ecr-simulator-linux.zip'), '-d', join(work, 'simulator')]);
  const program = join(work, 'delivery', 'bin', 'tp-manager');
  const [command, ...words] = [...QEMU, program];
  const version = await run(command, [...words, '--version']);
  checks.check('it tells its version', /-concertv2-linux_arm64\n$/.test(version.stdout), version);

  const link = join(work, 'terminal');
  const gateway = await simulate(['gateway', '--port', '0']);
  await simulate(['terminal', '--link', link, '--payment-time', '3000']);
  const localPort = await freePort();
  const data = join(work, 'delivery', 'bin', 'data');
  await mkdir(data, { mode: 0o700 });
  const answers = answersFile({ folder: work, serialPort: link, localPort, gatewayUrl: gateway.address });
  await writeFile(join(data, 'config.yml'), answers.replace(/^folder:.*\n/, ''), { mode: 0o600 });
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

async function simulate(words: string[]): Promise<Simulator> {
  const simulator = await Simulator.start(join(work, 'simulator', 'ecr-simulator'), words, { env: {} });
  simulators.push(simulator);
  return simulator;
}
