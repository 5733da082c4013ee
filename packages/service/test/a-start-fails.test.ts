import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import type { Log } from '../src/payments/ports.ts';
import { startService } from '../src/service.ts';
import { systemClock } from '../src/system-clock.ts';
import { openHouse, testConfig } from './support/house.ts';
import { basic, call } from './support/http-call.ts';
import { freePort, Programs, writeConfig } from './support/programs.ts';
import { recordingLog } from './support/recording-log.ts';
import { until } from './support/until.ts';

/** What this process has open of the connector's (Linux tells; elsewhere the lock, the log and the new start do). */
function held(dataFolder: string, port: string): string[] {
  const folder = '/proc/self/fd';
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const targets = files.flatMap((fd) => {
    try {
      return [readlinkSync(join(folder, fd))];
    } catch {
      return [];
    }
  });
  return targets.filter((path) => path.startsWith(dataFolder) || path === port);
}

/** A house whose service has ended, and how to start it again over its data folder. */
async function endedHouse() {
  const house = await openHouse();
  await house.pay({ amount: 1 });
  house.service.stop('test');
  await house.service.stopped;
  const dataFolder = join(house.folder, 'data');
  const start = (log: Log, localPort = 0) =>
    startService(testConfig({ localPort, serialPort: house.terminal.path, hipayGatewayUrl: house.gateway.url }), {
      ...{ dataFolder, version: '1.0.0-concertv2-linux', pid: process.pid, clock: systemClock, log },
    });
  const isLetGo = async (): Promise<void> => {
    // serialport closes its port in its own time.
    await until(() => held(dataFolder, house.terminal.path).length === 0);
    expect(existsSync(join(dataFolder, 'tp-manager.running.json'))).toBe(false);
    // SQLite takes its log away as the last one closes the file.
    expect(existsSync(join(dataFolder, 'journal.db-wal'))).toBe(false);
    const again = await start(recordingLog());
    expect(held(dataFolder, house.terminal.path).length).toBeGreaterThan(process.platform === 'linux' ? 0 : -1);
    again.stop('test');
    await again.stopped;
  };
  return { house, start, isLetGo };
}

test('the port is taken: said at once, and everything is let go', async () => {
  const { house, start, isLetGo } = await endedHouse();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const log = recordingLog();
  const { port } = other.address() as AddressInfo;
  await expect(start(log, port)).rejects.toMatchObject({
    code: '1000',
    message: expect.stringMatching(`^Port ${port} on 127.0.0.1 is in use by another program`),
  });
  expect(log.lines.filter((line) => line.startsWith('error: The service cannot start'))).toHaveLength(1);
  await isLetGo();
  other.close();
  await house.close();
});

test('a fault once the line is open: everything is let go', async () => {
  const { house, start, isLetGo } = await endedHouse();
  const fault = new Error('a fault of the program');
  const lines: string[] = [];
  const log: Log = {
    ...recordingLog(),
    info: (message) => {
      lines.push(message);
      if (message === 'The line to the terminal is open.') throw fault;
    },
  };
  await expect(start(log)).rejects.toBe(fault);
  expect(lines).toContain('The line to the terminal is open.');
  await isLetGo();
  await house.close();
});

test('the port is taken while a payment of an earlier process waits for its answer: that is kept, and then it ends', async () => {
  const programs = new Programs();
  const folder = await mkdtemp(join(tmpdir(), 'start-fails-'));
  const terminal = await startTerminal({ line: 'tcp', delays: { paymentMs: 600_000 } });
  const [port, other] = [await freePort(), createServer()];
  const file = await writeConfig(folder, { port, serialPort: terminal.path });
  const earlier = await programs.serve(file);
  const [body, headers] = [{ amount: 5, order_id: 'left' }, { authorization: basic('log', 'pwd') }];
  call(port, { method: 'POST', path: '/order', body, headers }).catch(() => {});
  await until(() => terminal.terminal.inTransaction);
  earlier.child.kill('SIGKILL');
  await earlier.exit;
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  const run = programs.start('--config', file);
  await until(() => run.stderr.includes('The service cannot start'));
  expect(JSON.parse(readFileSync(join(folder, 'tp-manager.running.json'), 'utf8'))).toMatchObject({ stopping: true });
  expect(run.child.exitCode).toBeNull();
  terminal.terminal.pressRedKey();
  expect(await run.exit).toBe(1);
  expect(run.stderr).toContain(`Port ${port} on 127.0.0.1 is in use by another program`);
  other.close();
  const { stdout } = await programs.run('--config', file, '--json', 'payments', 'list');
  expect(JSON.parse(stdout).items).toEqual([expect.objectContaining({ orderId: 'left', outcome: 'refused' })]);
  await programs.endAll();
  await terminal.close();
  await rm(folder, { recursive: true });
});
