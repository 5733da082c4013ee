import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../packages/simulator/src/demo/free-port.ts';
import { folders } from '../package/folders.ts';
import { answersFile, tillCredentials } from './answers.ts';
import { Checks } from './checks.ts';
import { paymentStory } from './payment-story.ts';
import { Simulator } from './simulator.ts';
import { Till } from './till.ts';
import { until } from './until.ts';
import { Wine } from './wine.ts';
import { layCable } from './wine-cable.ts';

// The Windows delivery from its zip to its removal, under Wine, its COM port bound to a pseudo-terminal. What Wine is not: Windows'
// own drivers, PowerShell, the Task Scheduler, access lists. So launch is started in the foreground, which is what it runs hidden.

const run = promisify(execFile);
const PAYMENT_MS = 6_000;

const checks = new Checks();
const wine = new Wine();
await wine.prepare();
const work = await mkdtemp(join(wine.folder, 'tmp', 'windows-story-'));
const inWine = `Z:\\tmp\\${basename(work)}`;
const simulators: Simulator[] = [];

try {
  await story();
} finally {
  await wine.stop();
  for (const simulator of simulators) await simulator.kill();
  await rm(work, { recursive: true, force: true });
}
checks.close('The Windows delivery under Wine');

async function story(): Promise<void> {
  await run('unzip', ['-q', join(folders.out, 'setup-concertv2-windows_64.zip'), '-d', join(work, 'delivery')]);
  await run('unzip', ['-q', join(folders.out, 'ecr-simulator-linux.zip'), '-d', join(work, 'simulator')]);
  const ledgerFile = join(work, 'ledger');
  const link = join(work, 'terminal');
  const gateway = await simulate(['gateway', '--port', '0']);
  const terminal = await simulate([
    'terminal',
    '--tcp',
    '0',
    '--ledger',
    ledgerFile,
    '--payment-time',
    String(PAYMENT_MS),
  ]);
  let cable = await layCable(terminal.address, link);
  await wine.bindPort(`/tmp/${basename(work)}/terminal`);

  const localPort = await freePort();
  const folder = `${inWine}\\till`;
  const answers = answersFile({ folder, serialPort: 'COM7', localPort, gatewayUrl: gateway.address });
  await writeFile(join(work, 'answers.yml'), answers);
  const setupExe = `${inWine}\\delivery\\setup.exe`;
  const setup = await wine.run('wine', setupExe, '--answers', `${inWine}\\answers.yml`, '--yes', '--no-start');
  checks.check('setup.exe --answers installs', setup.status === 0, setup);
  checks.check(
    'it has found the terminal on COM7',
    !/cannot be opened|is not there|does not answer/.test(setup.output),
    setup.output,
  );

  const launch = wine.start('wine', 'cmd', '/c', `${folder}\\launch.cmd`, '--foreground');
  const launchEnded = once(launch, 'exit');
  const till = new Till(localPort, tillCredentials);
  const version = await until('the service answers', () => till.get('/version'));
  checks.check('launch.cmd starts the service', /-concertv2-windows_64$/.test(String(version.version)), version);

  let killed: number[] = [];
  await paymentStory(checks, {
    ...{ till, ledgerFile },
    terminalSaid: () => terminal.lines,
    unplug: () => cable.pull(),
    async plugIn() {
      cable = await layCable(terminal.address, link);
    },
    async kill() {
      killed = wine.processes('tp-manager.exe');
      for (const pid of killed) process.kill(pid, 'SIGKILL');
    },
    // launch starts it by itself.
    async revived() {
      await until('launch starts it again', () => {
        const [pid] = wine.processes('tp-manager.exe');
        return pid !== undefined && !killed.includes(pid) ? true : undefined;
      });
    },
  });

  const program = `${folder}\\hipay\\ecr-connector\\bin\\tp-manager.exe`;
  const status = await wine.run('wine', program, 'status');
  checks.check('tp-manager.exe status: fine', status.status === 0, status);
  const stopped = await till.get('/stop');
  checks.check('GET /stop stops it', stopped?.stopped === true, stopped);
  const [launchStatus] = (await launchEnded) as [number | null];
  checks.check('and launch ends with it', launchStatus === 0, { launchStatus, log: await launchLog() });
  const removed = await wine.run('wine', setupExe, '--uninstall', '--purge', '--folder', folder);
  checks.check('setup.exe --uninstall removes the installation', removed.status === 0, removed);
  const left = await readdir(join(work, 'till')).catch(() => []);
  checks.check('nothing is left of it', left.length === 0, left);
  await cable.pull();
}

async function simulate(words: string[]): Promise<Simulator> {
  const simulator = await Simulator.start(join(work, 'simulator', 'ecr-simulator'), words, { env: {} });
  simulators.push(simulator);
  return simulator;
}

async function launchLog(): Promise<string> {
  const file = join(work, 'till/hipay/ecr-connector/bin/data/launch.log');
  return readFile(file, 'utf8').catch(() => '(none)');
}
