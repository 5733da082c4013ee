import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { freePort } from '../../packages/simulator/src/demo/free-port.ts';
import { answersFile, tillCredentials } from './answers.ts';
import { layCable } from './cable.ts';
import { Checks } from './checks.ts';
import { forWine } from './for-wine.ts';
import { paymentStory } from './payment-story.ts';
import { Stage } from './stage.ts';
import { Till } from './till.ts';
import { until } from './until.ts';
import { Wine } from './wine.ts';

// The Windows delivery from its zip to its removal, under Wine, its COM port bound to a pseudo-terminal. What Wine is not: Windows'
// own drivers, PowerShell, the Task Scheduler, access lists. So launch is started in the foreground, which is what it runs hidden.

const PAYMENT_MS = 6_000;

const checks = new Checks();
const wine = new Wine();
await wine.prepare();
const stage = await Stage.open('windows-story', 'setup-concertv2-windows_64.zip', { parent: join(wine.folder, 'tmp') });
const inWine = `Z:\\tmp\\${basename(stage.folder)}`;

try {
  await story();
} finally {
  await wine.stop();
  await stage.close();
}
checks.close('The Windows delivery under Wine');

async function story(): Promise<void> {
  const ledgerFile = stage.path('ledger');
  const link = stage.path('terminal');
  const gateway = await stage.simulate(['gateway', '--port', '0']);
  const terminal = await stage.simulate([
    'terminal',
    '--tcp',
    '0',
    '--ledger',
    ledgerFile,
    '--payment-time',
    String(PAYMENT_MS),
  ]);
  let cable = await layCable(terminal.address, link, forWine);
  await wine.bindPort(`/tmp/${basename(stage.folder)}/terminal`);

  const localPort = await freePort();
  const folder = `${inWine}\\till`;
  const answers = answersFile({ folder, serialPort: 'COM7', localPort, gatewayUrl: gateway.address });
  await writeFile(stage.path('answers.yml'), answers);
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
      cable = await layCable(terminal.address, link, forWine);
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
  const left = await readdir(stage.path('till')).catch(() => []);
  checks.check('nothing is left of it', left.length === 0, left);
  await cable.pull();
}

async function launchLog(): Promise<string> {
  const file = stage.path('till/hipay/ecr-connector/bin/data/launch.log');
  return readFile(file, 'utf8').catch(() => '(none)');
}
