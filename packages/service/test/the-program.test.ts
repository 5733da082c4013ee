import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartedTerminal, startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import { whoHolds } from '../src/journal/data-folder-lock.ts';
import { CONFIG_YAML } from './support/house.ts';
import { basic, call } from './support/http-call.ts';
import { HurriedClock } from './support/hurried-clock.ts';
import { freePort, Programs, type Run, SOURCE, writeConfig } from './support/programs.ts';
import { until } from './support/until.ts';

const authorization = basic('log', 'pwd');

describe('tp-manager, the program', () => {
  const programs = new Programs();
  /** As a checkout starts it. */
  const fromSource = new Programs({}, SOURCE);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'program-'));
  });
  afterEach(async () => {
    await programs.endAll();
    await fromSource.endAll();
    await rm(folder, { recursive: true });
  });

  async function configured(text: string): Promise<string> {
    const file = join(folder, 'config.yml');
    await writeFile(file, text);
    await chmod(file, 0o600);
    return file;
  }

  /** Starts it on any free port, and waits until it serves. */
  async function serving(terminal: StartedTerminal, by = programs): Promise<Run & { port: number }> {
    const port = await freePort();
    const started = await by.serve(await writeConfig(folder, { serialPort: terminal.path, port }));
    expect(started.stdout).toContain(`http://localhost:${port}`);
    return { ...started, port };
  }

  test('five mistakes in config.yml: five sentences, each with its place, and status 2', async () => {
    const file = await configured(
      CONFIG_YAML.replace('local_port: 8080', 'local_port: 80800')
        .replace('environment: dev', 'environment: test')
        .replace('"03:00"', '"25:00"')
        .replace('"1234567", rank: "001" }', '"12345678", rank: "001" }')
        .replace('serial_port: /dev/none', 'serial_port: ttyUSB0'),
    );
    const { status, stderr } = await programs.run('--config', file);
    expect(status).toBe(2);
    const mistakes = stderr.trim().split('\n');
    expect(mistakes).toHaveLength(5);
    for (const [n, key] of ['serial_port', 'local_port', 'environment', 'update_time', 'merchant_id'].entries()) {
      expect(mistakes[n]).toContain(key);
      expect(mistakes[n]).toMatch(/config\.yml:\d+:\d+/);
      expect(mistakes[n]).toMatch(/expected/);
    }
  });

  test('no configuration: status 2, and what to do', async () => {
    const { status, stderr } = await fromSource.run('--config', join(folder, 'none.yml'));
    expect(status).toBe(2);
    expect(stderr).toMatch(/none\.yml.*setup/s);
  });

  test('an unknown option: status 2', async () => {
    const { status, stderr } = await programs.run('--confg', 'x');
    expect(status).toBe(2);
    expect(stderr).toContain('--confg');
  });

  test.each([
    [['paymnts'], "There is no command 'paymnts'. Did you mean 'payments'?"],
    [['xyzzy'], "There is no command 'xyzzy'. 'tp-manager --help' lists them."],
    [['payments', 'lst'], 'Did you mean list?'],
  ])('%j is no command: status 2, and the one that may have been meant', async (args, words) => {
    const { status, stderr } = await programs.run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });

  test('without --config: config.yml in the folder that one stands in', async () => {
    const { status, stderr } = await programs.run('status');
    expect(status).toBe(2);
    expect(stderr).toContain(`The configuration ${join(process.cwd(), 'config.yml')} cannot be read`);
  });

  test('--version', async () => {
    const { status, stdout } = await fromSource.run('--version');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+-concertv2-\w+\n$/);
  });

  test('a port in use: status 1, and a sentence that names port and key', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const file = await configured(CONFIG_YAML.replace('local_port: 8080', `local_port: ${port}`));
    const { status, stderr } = await programs.run('--config', file);
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`Port ${port}.*local_port`));
    server.close();
  });

  describe('with a terminal', () => {
    /** The customer stands there until the test has seen enough. */
    const paymentMs = 600_000;
    let clock: HurriedClock;
    let terminal: StartedTerminal;
    beforeEach(async () => {
      clock = new HurriedClock(1);
      terminal = await startTerminal({ line: 'pty', delays: { paymentMs }, answerSessions: 100, clock });
    });
    const customerPays = () => clock.leap(paymentMs);
    afterEach(() => terminal.close());

    test('GET /stop while idle: it says so, and ends with status 0', async () => {
      const { port, exit } = await serving(terminal, fromSource);
      const answer = await call(port, { path: '/stop', headers: { authorization } });
      expect(answer.body).toEqual({ message: 'TP-Manager stopped', stopped: true });
      expect(await exit).toBe(0);
    });

    test('GET /stop during a payment: it is finished first, then the program ends with status 0', async () => {
      const { port, exit } = await serving(terminal);
      const paying = call(port, { method: 'POST', path: '/order', body: { amount: 1 }, headers: { authorization } });
      await until(() => terminal.terminal.inTransaction);
      const answer = await call(port, { path: '/stop', headers: { authorization } });
      expect(answer.body).toEqual({ message: 'TP-Manager is busy, will stop when possible', stopped: false });
      expect(whoHolds(folder)).toMatchObject({ port, stopping: true });
      const refused = await call(port, {
        method: 'POST',
        path: '/order',
        body: { amount: 2 },
        headers: { authorization },
      });
      expect(refused.status).toBe(503);
      expect(refused.body).toMatchObject({ errorCode: '1106' });
      customerPays();
      expect((await paying).body).toMatchObject({ paymentStatus: 'SUCCESS' });
      expect(await exit).toBe(0);
    });

    test('SIGTERM during a payment: likewise', async () => {
      const { port, exit, child } = await serving(terminal);
      const paying = call(port, { method: 'POST', path: '/order', body: { amount: 3 }, headers: { authorization } });
      await until(() => terminal.terminal.inTransaction);
      child.kill('SIGTERM');
      await until(() => whoHolds(folder)?.stopping === true);
      customerPays();
      expect((await paying).body).toMatchObject({ paymentStatus: 'SUCCESS' });
      expect(await exit).toBe(0);
    });

    test('SIGTERM in the very moment in which it serves: status 0, and all is closed', async () => {
      const { child, exit } = await serving(terminal);
      child.kill('SIGTERM');
      expect(await exit).toBe(0);
      expect(existsSync(join(folder, 'journal.db-wal'))).toBe(false);
    });

    test('killed during a payment: the answer is taken after the start, and the same order gets it', async () => {
      const first = await serving(terminal);
      const order = { amount: 4, order_id: 'survivor' };
      const body = { method: 'POST', path: '/order', body: order, headers: { authorization } };
      const lost = call(first.port, body).then(
        () => 'answered',
        () => 'cut off',
      );
      await until(() => terminal.terminal.inTransaction);
      first.child.kill('SIGKILL');
      expect(await lost).toBe('cut off');
      await first.exit;
      const second = await serving(terminal);
      customerPays();
      const answer = await call(second.port, body);
      expect(answer.body).toMatchObject({ paymentStatus: 'SUCCESS', orderId: 'survivor' });
      expect(terminal.terminal.charges).toHaveLength(1);
    });
  });
});
