import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../packages/simulator/src/demo/free-port.ts';
import { answersFile, tillCredentials } from './answers.ts';
import { Checks } from './checks.ts';
import { hangsUpWhileRead } from './hang-up-story.ts';
import { nowhereToLoadFrom } from './nowhere-to-load-from.ts';
import { isPackedAlready } from './packed-already.ts';
import { paymentStory } from './payment-story.ts';
import { run, Stage } from './stage.ts';
import { Till } from './till.ts';
import { until } from './until.ts';

// The Linux delivery from its zip to its removal, on a pseudo-terminal of the packed simulator: no Node.js, no environment, a home
// that cannot be written to, a user without rights.

const PAYMENT_MS = 6_000;
/** Nobody, where the story runs as root: only so are there folders that cannot be written to. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const env = { HOME: '/nonexistent' };

const checks = new Checks();
await isPackedAlready(checks);
const stage = await Stage.open('linux-story', 'setup-concertv2-linux.zip', { env, user });
const [delivery, folder, link] = [stage.path('delivery'), stage.path('till'), stage.path('terminal')];
const ledgerFile = stage.path('ledger');

try {
  await handOver();
  await story();
} finally {
  if ((await runningPid()) !== undefined) inDelivery('bin/tp-manager', ['setup', '--uninstall', '--folder', folder]);
  await stage.close();
  await rm(join(tmpdir(), `hipay-desktop-connector-${user.uid ?? process.getuid?.()}`), {
    recursive: true,
    force: true,
  });
}
checks.close('The Linux delivery');

/** Everything is the user's. */
async function handOver(): Promise<void> {
  await mkdir(folder);
  await chmod(stage.folder, 0o755);
  if (user.uid !== undefined) await run('chown', ['-R', `${user.uid}:${user.gid}`, stage.folder]);
}

async function story(): Promise<void> {
  const version = inDelivery('bin/tp-manager', ['--version']);
  checks.check('the executable tells its version', /^\d+\.\d+\.\d+-concertv2-linux\n$/.test(version.output), version);
  const options = inDelivery('bin/tp-manager', ['--version'], { NODE_OPTIONS: '--require=/nonexistent' });
  checks.check('NODE_OPTIONS is not heeded', options.output === version.output, options);

  const gateway = await stage.simulate(['gateway', '--port', '0']);
  const terminalWords = ['terminal', '--link', link, '--ledger', ledgerFile, '--payment-time', String(PAYMENT_MS)];
  let terminal = await stage.simulate(terminalWords);
  const localPort = await freePort();
  const answers = answersFile({ folder, serialPort: link, localPort, gatewayUrl: gateway.address });
  // What HiPay has given stands beside setup.sh.
  const ofHipay = /^hipay_(?:login|password):.*\n/gm;
  await writeFile(join(delivery, 'credentials.yml'), (answers.match(ofHipay) ?? []).join(''));
  await writeFile(stage.path('answers.yml'), answers.replaceAll(ofHipay, ''));

  const setup = inDelivery('setup.sh', ['--answers', stage.path('answers.yml'), '--yes']);
  checks.check('setup --answers installs and starts', setup.status === 0, setup);
  checks.check(
    'it has found the terminal on its port',
    !/cannot be opened|is not there|does not answer/.test(setup.output),
    setup.output,
  );
  const till = new Till(localPort, tillCredentials);
  checks.check('the service answers', (await till.get('/version'))?.version === version.output.trim());
  const limits = await readFile(`/proc/${await runningPid()}/limits`, 'utf8');
  checks.check('it writes no core dumps', /^Max core file size +0 /m.test(limits), limits);

  let killed = 0;
  await paymentStory(checks, {
    ...{ till, ledgerFile },
    terminalSaid: () => terminal.lines,
    unplug: () => terminal.kill(),
    async plugIn() {
      terminal = await stage.simulate(terminalWords);
    },
    async kill() {
      killed = await ownPid();
      process.kill(killed, 'SIGKILL');
    },
    // launch starts it by itself.
    async revived() {
      await until('launch starts it again', async () => ((await runningPid()) !== killed ? true : undefined));
    },
  });

  const installed = join(folder, 'hipay/ecr-connector/bin/tp-manager');
  const status = inDelivery(installed, ['status']);
  checks.check('tp-manager status: fine', status.status === 0, status);
  if (user.uid !== undefined) {
    await terminal.kill();
    const pid = await ownPid();
    await hangsUpWhileRead(checks, stage, { ...{ till, pid, link, ledgerFile, user }, paymentMs: PAYMENT_MS });
  }
  const pid = await runningPid();
  const stopped = await till.get('/stop');
  checks.check('GET /stop stops it', stopped?.stopped === true, stopped);
  await until('its process ends', () => (isAlive(pid) ? undefined : true));
  const alwaysUp = inDelivery(join(folder, 'always-up.sh'), []);
  checks.check(
    'always-up starts it again',
    alwaysUp.status === 0 && (await till.get('/version')) !== undefined,
    alwaysUp,
  );
  const removed = inDelivery(installed, ['setup', '--uninstall', '--purge', '--folder', folder]);
  checks.check('the installed executable removes the installation', removed.status === 0, removed);
  const left = await run('find', [folder, '-mindepth', '1']).catch(() => ({ stdout: '' }));
  checks.check('nothing is left of it', left.stdout === '', left.stdout);
  if (user.uid !== undefined) await nowhereToLoadFrom(checks, join(delivery, 'bin/tp-manager'), stage.path('nowhere'));
}

function inDelivery(
  program: string,
  words: string[],
  more: NodeJS.ProcessEnv = {},
): { status: number | null; output: string } {
  const path = program.startsWith('/') ? '' : delivery;
  // As on a system whose core dumps are on.
  const command = 'ulimit -S -c "$(ulimit -H -c)"; exec "$0" "$@"';
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command, join(path, program), ...words], {
    ...{ cwd: delivery, encoding: 'utf8', env: { ...env, ...more }, ...user },
  });
  return { status, output: `${stdout}${stderr}` };
}

/** That of the service, which has to be there: a signal to 0 would be one to this process's own group. */
async function ownPid(): Promise<number> {
  const pid = await runningPid();
  if (pid === undefined) throw new Error('the service does not run');
  return pid;
}

async function runningPid(): Promise<number | undefined> {
  const file = join(folder, 'hipay/ecr-connector/bin/data/tp-manager.running.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined || text === '' ? undefined : (JSON.parse(text) as { pid: number }).pid;
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}
