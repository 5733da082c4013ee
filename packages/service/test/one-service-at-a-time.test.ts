import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import { AlreadyRunning } from '../src/journal/already-running.ts';
import { DataFolderLock } from '../src/journal/data-folder-lock.ts';
import { startService } from '../src/service.ts';
import { systemClock } from '../src/system-clock.ts';
import { openHouse, testConfig } from './support/house.ts';
import { basic, call } from './support/http-call.ts';
import { freePort, Programs, writeConfig } from './support/programs.ts';
import { recordingLog } from './support/recording-log.ts';
import { until } from './support/until.ts';

const programs = new Programs();
const authorization = basic('log', 'pwd');

describe('one service at a time', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'one-service-'));
  });
  afterEach(async () => {
    await programs.endAll();
    await rm(folder, { recursive: true });
  });

  test('a second start says so and ends with status 0, though its port is another one', async () => {
    const [port, otherPort] = [await freePort(), await freePort()];
    const first = await programs.serve(await writeConfig(folder, { port }));
    const second = await programs.run('--config', await writeConfig(folder, { port: otherPort, name: 'other.yml' }));
    expect(second.status).toBe(0);
    expect(second.stdout).toContain(`process ${first.child.pid}, at http://localhost:${port}, since 20`);
    expect((await call(port, { path: '/version', headers: { authorization } })).status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    expect(existsSync(join(folder, 'tp-manager.running.json'))).toBe(false);
  });

  test('however the folder is called: through a link, and by a relative path', async () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    symlinkSync(data, join(folder, 'link'));
    const first = await programs.serve(await writeConfig(data, { port: await freePort() }));
    await writeConfig(data, { port: await freePort(), name: 'other.yml' });
    for (const path of [join(folder, 'link', 'other.yml'), relative(process.cwd(), join(data, 'other.yml'))]) {
      const { status, stdout } = await programs.run('--config', path);
      expect({ status, stdout }).toEqual({
        status: 0,
        stdout: expect.stringContaining(`process ${first.child.pid}, at`),
      });
    }
  });

  test('while the first one is still starting: it is named, though it serves nowhere yet', async () => {
    // A service has the lock before all else, and says where it serves once it does.
    const file = await writeConfig(folder, { port: await freePort() });
    const lock = DataFolderLock.take(folder, { pid: 4711, since: '2026-01-05T09:00:00.000Z' });
    const { status, stdout } = await programs.run('--config', file);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('process 4711, since 2026-01-05T09:00:00.000Z. Nothing was started.'),
    });
    lock.release();
  });

  test('while the first one is stopping, after its payment', async () => {
    // The customer stands there until the second one has ended. No pseudo-terminal: its number may have been another one's.
    const terminal = await startTerminal({ line: 'tcp', delays: { paymentMs: 600_000 } });
    const port = await freePort();
    const first = await programs.serve(await writeConfig(folder, { port, serialPort: terminal.path }));
    const body = { amount: 5, order_id: 'last' };
    const paying = call(port, { method: 'POST', path: '/order', body, headers: { authorization } });
    await until(() => terminal.terminal.inTransaction);
    await call(port, { path: '/stop', headers: { authorization } });
    const file = join(folder, 'config.yml');
    const { status, stdout } = await programs.run('--config', file);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining(`process ${first.child.pid}, at`),
    });
    terminal.terminal.pressRedKey();
    expect((await paying).body).toMatchObject({ outcome: 'refused' });
    expect(await first.exit).toBe(0);
    await programs.serve(file);
    await terminal.close();
  });

  test('one that was killed holds nothing: the next start works at once', async () => {
    const file = await writeConfig(folder, { port: await freePort() });
    const first = await programs.serve(file);
    first.child.kill('SIGKILL');
    await first.exit;
    const next = await programs.serve(file);
    const holder = JSON.parse(readFileSync(join(folder, 'tp-manager.running.json'), 'utf8'));
    expect(holder).toMatchObject({ pid: next.child.pid, port: expect.any(Number) });
  });

  test('of many started at once, one serves and the others end with status 0', async () => {
    const files = await Promise.all(
      ['a.yml', 'b.yml', 'c.yml'].map(async (name) => writeConfig(folder, { port: await freePort(), name })),
    );
    const runs = files.map((file) => programs.start('--config', file));
    const isOut = (run: (typeof runs)[number]) => run.child.exitCode !== null;
    const serves = (run: (typeof runs)[number]) => run.stdout.includes('takes payments at');
    await until(() => runs.every((run) => isOut(run) || serves(run)));
    expect(runs.filter(serves)).toHaveLength(1);
    expect(runs.filter(isOut).map(({ child }) => child.exitCode)).toEqual([0, 0]);
  });
});

test('in one process too: the second is refused, the first goes on; a start that failed lets go', async () => {
  const house = await openHouse();
  const options = {
    ...{ dataFolder: join(house.folder, 'data'), version: '1.0.0-concertv2-linux', pid: 1 },
    ...{ clock: systemClock, log: recordingLog() },
  };
  await expect(startService(testConfig({}), options)).rejects.toThrow(AlreadyRunning);
  expect((await house.pay({ amount: 1 })).body).toMatchObject({ outcome: 'approved' });
  const taken = await openHouse();
  const elsewhere = { ...options, dataFolder: join(house.folder, 'elsewhere') };
  await expect(startService(testConfig({ localPort: taken.service.port }), elsewhere)).rejects.toThrow(/in use/);
  const again = await startService(testConfig({}), elsewhere);
  again.stop('test');
  await again.stopped;
  await taken.close();
  await house.close();
});
