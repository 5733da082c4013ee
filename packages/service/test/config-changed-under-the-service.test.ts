import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeConfig } from './support/programs.ts';
import { TillWithCommands } from './support/till-with-commands.ts';
import { until } from './support/until.ts';

/** Linux alone says which process has a lock. */
const onLinux = process.platform === 'linux' ? describe : describe.skip;

const RUNNING = 'tp-manager.running.json';

onLinux('config.yml was changed under the running service', () => {
  let till: TillWithCommands;
  let asStarted: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    till = await TillWithCommands.open();
    asStarted = readFileSync(till.config, 'utf8');
  });
  beforeEach(async () => {
    writeFileSync(till.config, asStarted);
    if (!existsSync(join(till.folder, RUNNING))) await till.serve();
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await till.close();
  });

  const change = (from: string | RegExp, to: string) => {
    const changed = asStarted.replace(from, to);
    expect(changed).not.toBe(asStarted);
    writeFileSync(till.config, changed);
  };
  const isServing = async () => expect((await till.get('/version')).status).toBe(200);

  describe('another password', () => {
    beforeEach(() => change('api_password: pwd', 'api_password: changed'));

    test('stop ends it as GET /stop does, and the start that follows knows the new one', async () => {
      const { status, stdout, stderr } = await till.run('stop', '--hold');
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'The service has stopped.\n' });
      expect(stderr).toContain(`its process ${till.service.child.pid} is told to stop`);
      expect(await till.service.exit).toBe(0);
      expect(existsSync(join(till.folder, 'hold'))).toBe(true);
      await till.serve();
      expect(await till.json('status')).toMatchObject({ running: true });
      expect(await till.json('stop')).toEqual({ stopped: true, held: false });
    });

    test('each other command says what starts it anew; for programs it runs', async () => {
      for (const command of ['status', 'payments list']) {
        const { status, stdout, stderr } = await till.run(...command.split(' '));
        expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
        expect(stderr).toContain("'tp-manager stop', then launch, starts it anew");
      }
      const { stdout } = await till.run('status', '--json');
      expect(JSON.parse(stdout)).toEqual({
        running: true,
        problems: [expect.stringContaining('other credentials than config.yml')],
      });
      await isServing();
    });

    test('no signal goes where it is not certain who has the lock: another program may have the number', async () => {
      const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      children.push(other);
      const file = join(till.folder, RUNNING);
      const said = readFileSync(file, 'utf8');
      writeFileSync(file, JSON.stringify({ ...JSON.parse(said), pid: other.pid }));
      const { status, stderr } = await till.run('stop');
      writeFileSync(file, said);
      expect(status).toBe(1);
      expect(stderr).toMatch(/does not tell for certain.*Put back .*end its process \(\d+, as it says itself\)/);
      expect([other.exitCode, other.signalCode]).toEqual([null, null]);
      await isServing();
    });

    test('at the port is the service of another data folder: that one is left alone', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'other-till-'));
      try {
        const config = await writeConfig(folder, { port: till.port });
        writeFileSync(config, readFileSync(config, 'utf8').replace('api_password: pwd', 'api_password: other'));
        const { status, stderr } = await till.programs.run('stop', '--config', config);
        expect([status, stderr]).toEqual([1, expect.stringContaining(`No service works on the data folder ${folder}`)]);
        await isServing();
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });

  test('stop waits for the payment under way', async () => {
    const slow = await TillWithCommands.open({ paymentMs: 600_000 });
    try {
      await slow.serve();
      writeFileSync(
        slow.config,
        readFileSync(slow.config, 'utf8').replace('api_password: pwd', 'api_password: changed'),
      );
      const paying = slow.pay({ amount: 5, order_id: 'last' });
      await until(() => slow.terminal.terminal.inTransaction);
      const stopping = slow.programs.start('stop', '--config', slow.config);
      await until(() => readFileSync(join(slow.folder, RUNNING), 'utf8').includes('"stopping":true'));
      expect([stopping.child.exitCode, slow.service.child.exitCode]).toEqual([null, null]);
      slow.terminal.terminal.pressRedKey();
      expect((await paying).body).toMatchObject({ outcome: 'refused' });
      expect([await stopping.exit, await slow.service.exit]).toEqual([0, 0]);
    } finally {
      await slow.close();
    }
  });

  describe('mistakes in it', () => {
    const goesOn = () => `The service runs, at http://localhost:${till.port}, and goes on with what config.yml said`;

    test('what the service is asked needs none of the wrong keys', async () => {
      const paid = await till.paid({ amount: 1, order_id: 'before' });
      change(/serial_port: .*/, 'serial_port:');
      for (const command of ['status', 'payments list', 'payments show before', 'payments export']) {
        const { status, stdout, stderr } = await till.run(...command.split(' '));
        expect([command, status, stderr]).toEqual([
          command,
          0,
          expect.stringMatching(/config\.yml:\d+:\d+: serial_port/),
        ]);
        if (command !== 'payments export') expect(stderr).toContain(goesOn());
        if (command !== 'status') expect(stdout).toContain(paid);
      }
      const { status, stdout } = await till.run('stop');
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'The service has stopped.\n' });
      expect(await till.service.exit).toBe(0);
    });

    test.each([
      ['the password', () => change('api_password: pwd', 'api_password:')],
      ['the port', () => change(/local_port: .*/, 'local_port: none')],
      ['it is gone', () => rmSync(till.config)],
    ])('%s: nobody has to know it to stop the service', async (_what, spoil) => {
      spoil();
      const { status, stdout, stderr } = await till.run('stop');
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'The service has stopped.\n' });
      expect(stderr).toContain(goesOn());
      expect(await till.service.exit).toBe(0);
    });

    test('without the password nothing can be read: that it is not affected is said', async () => {
      change('api_password: pwd', 'api_password:');
      const { status, stderr } = await till.run('payments', 'list');
      expect([status, stderr]).toEqual([2, expect.stringContaining(goesOn())]);
      await isServing();
    });
  });
});
