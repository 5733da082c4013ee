import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Launched } from './support/launched.ts';
import { until } from './support/until.ts';

// Linux's own processes are looked at; launch.cmd is for Windows.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('launch.sh', () => {
  let till: Launched;
  let others: ChildProcess[];
  beforeEach(() => {
    others = [];
    till = new Launched();
  });
  afterEach(async () => {
    for (const other of others) {
      const gone = once(other, 'exit');
      other.kill('SIGKILL');
      await gone;
    }
    await till.clear();
  });

  test('starts the service in the background, and says where it is', async () => {
    const { status, output } = await till.run('launch.sh');
    expect(output).toMatch(/^tp-manager runs, at http:\/\/localhost:\d+\n$/);
    expect(status).toBe(0);
    expect(till.serving).toBeDefined();
    expect(till.keeper).toBeDefined();
    expect(till.starts).toHaveLength(1);
  });

  test('a second launch starts no second one', async () => {
    await till.run('launch.sh');
    const { status, output } = await till.run('launch.sh');
    expect(output).toMatch(/^tp-manager runs already, at/);
    expect(status).toBe(0);
    expect(till.starts).toHaveLength(1);
  });

  test('one that crashes comes back, as often as it crashes', async () => {
    await till.run('launch.sh');
    for (let crash = 1; crash <= 3; crash++) {
      const crashed = till.serving ?? 0;
      process.kill(crashed, 'SIGKILL');
      await until(() => {
        // Looked at once: the one that was killed may be there still at one look, and gone at the next.
        const { serving } = till;
        return serving !== undefined && serving !== crashed;
      });
      expect(till.starts).toHaveLength(crash + 1);
    }
    const delays = [...till.log.matchAll(/again in (\d+) s/g)].map(([, seconds]) => Number(seconds));
    expect(delays).toHaveLength(3);
    expect(Math.max(...delays)).toBeLessThanOrEqual(1);
  });

  test.each([
    ['SIGTERM to the service', () => till.serving],
    ['SIGTERM to launch', () => till.keeper],
  ])('%s: stopped, and stays so', async (_how, pidOf) => {
    await till.run('launch.sh');
    process.kill(pidOf() ?? 0, 'SIGTERM');
    await until(() => till.keeper === undefined);
    expect(till.serving).toBeUndefined();
    expect(till.log).toMatch(/launch: tp-manager has stopped\.\n$/);
    expect(till.starts).toHaveLength(1);
    expect(existsSync(join(till.data, 'launch.pid'))).toBe(false);
  });

  test('status 0: stopped, and stays so', async () => {
    till.behave('exit 0');
    const { status } = await till.run('launch.sh');
    expect(status).toBe(1);
    expect(till.keeper).toBeUndefined();
    expect(till.starts).toHaveLength(1);
  });

  test('status 2: says why, with the words of the service, and does not try again', async () => {
    till.behave('exit 2');
    const { status, output } = await till.run('launch.sh');
    expect(status).toBe(2);
    expect(output).toContain('could not be started, and is not tried again');
    expect(output).toContain('The stand-in ends with 2.');
    expect(till.keeper).toBeUndefined();
    expect(till.starts).toHaveLength(1);
  });

  test('one that cannot be run at all: says so, and does not try again', async () => {
    chmodSync(join(till.data, '..', 'tp-manager'), 0o644);
    const { status, output } = await till.run('launch.sh', [], { cwd: till.folder });
    expect(output).toContain('tp-manager cannot be run (status 126). Run setup again.');
    expect(status).toBe(1);
    expect(till.keeper).toBeUndefined();
  });

  test('one that fails again and again: says why, and is tried less and less often', async () => {
    till.behave('exit 1');
    const { status, output } = await till.run('launch.sh');
    expect(status).toBe(1);
    expect(output).toContain('it is tried again, less and less often');
    expect(output).toContain('The stand-in ends with 1.');
    await until(() => till.log.includes('failure 6 in a row'));
    const delays = [...till.log.matchAll(/failure \d in a row\); starting it again in (\d+) s/g)].map(([, s]) => s);
    expect(delays).toEqual(['1', '1', '1', '1', '1', '5']);
    expect(till.starts).toHaveLength(6);
  });

  test('a launch by hand cuts the waiting short', async () => {
    till.behave('exit 1');
    await till.run('launch.sh');
    await until(() => till.log.includes('starting it again in 5 s'));
    const keeper = till.keeper;
    till.behave('serve');
    const { status, output } = await till.run('launch.sh');
    expect(output).toMatch(/^tp-manager runs, at/);
    expect(status).toBe(0);
    expect(till.keeper).toBe(keeper);
  });

  test('a launch by hand that finds running still what is about to fail cuts the waiting short, too', async () => {
    till.behave('exit 1');
    await till.run('launch.sh');
    await until(() => till.log.includes('failure 6 in a row'));
    till.behave('fail');
    const { keeper, starts } = till;
    process.kill(keeper ?? 0, 'SIGUSR1');
    await until(() => till.starts.length > starts.length);
    process.kill(keeper ?? 0, 'SIGUSR1');
    till.behave('serve');
    await until(() => till.serving !== undefined);
    expect(till.keeper).toBe(keeper);
  });

  describe('after a stop that waits for a payment', () => {
    beforeEach(async () => {
      till.behave('pay');
      await till.run('launch.sh');
      process.kill(till.serving ?? 0, 'SIGTERM');
      await until(() => existsSync(join(till.data, 'stopping')));
    });

    test('launch waits for the end of it, says so at once, and starts another', async () => {
      const { serving } = till;
      const launching = till.start('launch.sh');
      await until(() => launching.soFar().includes('is started again then'));
      expect(till.serving).toBe(serving);
      till.behave('serve');
      expect(await launching.ended).toMatchObject({
        status: 0,
        output: expect.stringMatching(/\ntp-manager runs, at .*\n$/),
      });
      expect(till.serving).not.toBe(serving);
      expect(till.keeper).toBeDefined();
      expect(till.starts).toHaveLength(2);
    });

    test('also where nobody waits for it: the window was closed', async () => {
      const { serving } = till;
      const launching = till.start('launch.sh');
      await until(() => till.log.includes('launch: waiting'));
      launching.kill();
      await launching.ended;
      till.behave('serve');
      await until(() => till.serving !== undefined && till.serving !== serving);
      expect(till.starts).toHaveLength(2);
    });

    test('held again meanwhile: it stays down', async () => {
      const launching = till.start('launch.sh');
      await until(() => till.log.includes('launch: waiting'));
      writeFileSync(join(till.data, 'hold'), '');
      till.behave('serve');
      expect((await launching.ended).status).toBe(1);
      expect(till.starts).toHaveLength(1);
    });

    test('cron waits for nothing: the next time it starts another', async () => {
      expect(await till.run('always-up.sh')).toEqual({ status: 0, output: '' });
      expect(till.starts).toHaveLength(1);
      till.behave('serve');
      await until(() => till.keeper === undefined);
      await till.run('always-up.sh');
      expect(till.starts).toHaveLength(2);
    });
  });

  test('one that follows a keeper whose service has ended meanwhile is not kept from it by the end of that keeper', async () => {
    const followed = spawn('sh', ['-c', 'echo; read line', join(till.folder, 'launch.sh'), '--foreground'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    await once(followed.stdout, 'data');
    writeFileSync(join(till.data, 'launch.pid'), `${followed.pid}\n`);
    const env = { ...till.environment, LAUNCH_FOLLOWS: String(followed.pid) };
    const following = till.run('launch.sh', ['--foreground'], { env });
    await until(() => till.serving !== undefined);
    expect(till.keeper).not.toBe(followed.pid);
    process.kill(till.keeper ?? 0, 'SIGTERM');
    expect((await following).status).toBe(0);
    followed.kill();
  });

  test('a launch that comes while the one before is about to end, as after a stop, starts another', async () => {
    // It is named as the keeper still, and ends when it hears of the launch.
    const ending = spawn(
      'sh',
      ['-c', "trap 'exit 0' USR1; echo; while :; do sleep 0.05; done", join(till.folder, 'launch.sh'), '--foreground'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    await once(ending.stdout, 'data');
    writeFileSync(join(till.data, 'launch.pid'), `${ending.pid}\n`);
    const { status, output } = await till.run('launch.sh');
    expect(output).toMatch(/^tp-manager runs, at/);
    expect(status).toBe(0);
    expect(till.starts).toHaveLength(1);
  });

  test('a service that has given up its port, and is about to end, does not run', async () => {
    const bin = join(till.data, '..');
    const ending = spawn('sh', ['-c', 'read line', `${bin}/tp-manager`], { stdio: ['pipe', 'ignore', 'ignore'] });
    others.push(ending);
    writeFileSync(join(till.data, 'tp-manager.running.json'), `{"pid":${ending.pid},"since":"x","port":1}`);
    const { output } = await till.run('launch.sh');
    expect(output).toMatch(/^tp-manager runs, at/);
    expect(till.serving).not.toBe(ending.pid);
  });

  test('one that waits for the lock of another that ends gets it', async () => {
    const lock = join(till.data, 'launch.lock');
    const ending = spawn('flock', [lock, 'sh', '-c', 'read line'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await until(() => isLocked(lock));
    const launching = till.run('launch.sh');
    // The launch has found no keeper, and its own waits by now.
    await until(() => existsSync(join(till.data, 'launch.log')));
    ending.stdin.end();
    expect((await launching).status).toBe(0);
    expect(till.starts).toHaveLength(1);
  });

  test('held while it is down: it is not started again', async () => {
    till.behave('exit 1');
    await till.run('launch.sh');
    writeFileSync(join(till.data, 'hold'), '');
    process.kill(till.keeper ?? 0, 'SIGUSR1');
    await until(() => till.keeper === undefined);
    expect(till.log).toMatch(/held: it is not started again|stays so: it is held/);
  });

  test('takes no options of Node from the environment', async () => {
    await till.run('launch.sh', [], { env: { ...till.environment, NODE_OPTIONS: '--title=theirs' } });
    expect(till.starts).toEqual([expect.not.stringContaining('--title')]);
  });

  test('its memory is never dumped; launch.log gets what is wrong, as the rest is in the files of the log', async () => {
    await till.run('launch.sh');
    const processFile = (name: string) => readFileSync(`/proc/${till.serving}/${name}`, 'utf8');
    expect(processFile('limits')).toMatch(/^Max core file size +0 +0 /m);
    expect(processFile('environ').split('\0')).toContain('TP_MANAGER_CONSOLE=warn');
  });

  test('what of the log is too much goes into a second file', async () => {
    const much = `${'x'.repeat(99)}\n`.repeat(110_000);
    writeFileSync(join(till.data, 'launch.log'), much);
    await till.run('launch.sh');
    expect(till.read('launch.log.1')).toHaveLength(much.length);
    expect(till.log.length).toBeLessThan(1_000);
  });

  test.each(['launch.sh', 'always-up.sh'])(
    '%s, where its own folder cannot be told, starts nothing',
    async (script) => {
      writeFileSync(join(till.folder, '..', 'tools', 'readlink'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
      expect((await till.run(script, [], { cwd: till.folder })).status).toBe(1);
      expect(till.starts).toEqual([]);
    },
  );

  test('an unknown option: status 2, and how it is used', async () => {
    const { status, output } = await till.run('launch.sh', ['--hold']);
    expect(status).toBe(2);
    expect(output).toContain('Usage: launch.sh');
  });

  describe('always-up.sh', () => {
    test('in the bare environment of cron, it starts what does not run', async () => {
      const { status, output } = await till.run('always-up.sh', [], { env: {} });
      expect(output).toBe('');
      expect(status).toBe(0);
      expect(till.serving).toBeDefined();
      expect(readFileSync(join(till.data, 'launch.log'), 'utf8')).not.toContain('not found');
    });

    test('through a link from elsewhere, too', async () => {
      const link = join(till.folder, '..', 'link');
      symlinkSync(join(till.folder, 'always-up.sh'), link);
      const { status } = await till.run('../link');
      expect(status).toBe(0);
      expect(till.serving).toBeDefined();
    });

    test('never a second one', async () => {
      await till.run('launch.sh');
      for (let time = 0; time < 3; time++) expect(await till.run('always-up.sh')).toEqual({ status: 0, output: '' });
      expect(till.starts).toHaveLength(1);
    });

    test('two at the same time start one', async () => {
      const ran = await Promise.all([till.run('always-up.sh'), till.run('always-up.sh')]);
      expect(ran).toEqual([0, 0].map((status) => ({ status, output: '' })));
      await until(() => till.serving !== undefined);
      expect(till.starts).toHaveLength(1);
    });

    test('five at the same time, over the file of one that is gone, start one, which is known as the keeper', async () => {
      writeFileSync(join(till.data, 'launch.pid'), '4194305\n');
      const ran = await Promise.all([1, 2, 3, 4, 5].map(() => till.run('always-up.sh')));
      expect(ran.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0]);
      await until(() => till.serving !== undefined);
      expect(till.starts).toHaveLength(1);
      expect(till.keeper).toBeDefined();
      expect(readdirSync(till.data).filter((name) => name.startsWith('launch.pid'))).toEqual(['launch.pid']);
    });

    test('another that is faster, and has not said yet who it is, is the keeper', async () => {
      // The lock is had by one that writes its number down only when the second one has been refused the lock.
      const faster = spawn(
        'flock',
        [join(till.data, 'launch.lock'), 'sh', '-c', 'read line', join(till.folder, 'launch.sh'), '--foreground'],
        {
          stdio: ['pipe', 'ignore', 'ignore'],
        },
      );
      others.push(faster);
      await until(() => isLocked(join(till.data, 'launch.lock')));
      const second = till.run('launch.sh', ['--foreground']);
      writeFileSync(join(till.data, 'launch.pid'), `${faster.pid}\n`);
      expect(await second).toMatchObject({ status: 0, output: expect.stringContaining('kept up already') });
      expect(till.starts).toEqual([]);
    });

    test('one that was killed while it waited to try again is followed by another at once', async () => {
      till.behave('exit 1');
      await till.run('launch.sh');
      await until(() => till.log.includes('starting it again in 5 s'));
      process.kill(till.keeper ?? 0, 'SIGKILL');
      await until(() => till.keeper === undefined);
      till.behave('serve');
      expect(await till.run('always-up.sh')).toEqual({ status: 0, output: '' });
      expect(till.serving).toBeDefined();
    });

    test('starts what was stopped without --hold', async () => {
      await till.run('launch.sh');
      process.kill(till.keeper ?? 0, 'SIGTERM');
      await until(() => till.keeper === undefined);
      await till.run('always-up.sh');
      expect(till.serving).toBeDefined();
      expect(till.starts).toHaveLength(2);
    });

    test('starts nothing that is held, until the next launch', async () => {
      writeFileSync(join(till.data, 'hold'), '');
      expect(await till.run('always-up.sh')).toEqual({ status: 0, output: '' });
      expect(till.starts).toHaveLength(0);
      expect((await till.run('launch.sh')).status).toBe(0);
      expect(existsSync(join(till.data, 'hold'))).toBe(false);
    });

    test('after a power cut: the files of a process that is gone, and whose number another one has', async () => {
      writeFileSync(join(till.data, 'launch.pid'), `${process.pid}\n`);
      writeFileSync(join(till.data, 'tp-manager.running.json'), `{"pid":${process.pid},"since":"x","port":1}`);
      expect((await till.run('always-up.sh')).status).toBe(0);
      expect(till.serving).not.toBe(process.pid);
      expect(till.starts).toHaveLength(1);
    });
  });

  describe('after a power cut, launch.pid has the number', () => {
    test.each([
      ['of the launch itself', 'launch.sh', []],
      ['of the launch itself, for cron', 'launch.sh', ['--unless-held']],
    ])('%s: it starts the service', async (_whose, script, args) => {
      expect(await till.runAs(script, args, (pid) => writeFileSync(join(till.data, 'launch.pid'), `${pid}\n`))).toEqual(
        {
          status: 0,
          output: args.length === 0 ? expect.stringMatching(/^tp-manager runs, at/) : '',
        },
      );
      expect(till.starts).toHaveLength(1);
    });

    test('of the one that stays, for a service manager: it stays', async () => {
      const staying = till.runAs('launch.sh', ['--foreground'], (pid) =>
        writeFileSync(join(till.data, 'launch.pid'), `${pid}\n`),
      );
      await until(() => till.serving !== undefined);
      process.kill(till.keeper ?? 0, 'SIGTERM');
      expect(await staying).toMatchObject({ status: 0, output: expect.stringContaining('tp-manager has stopped.') });
    });

    test('of one that only reads launch.sh: it hears nothing of it', async () => {
      const reader = spawn('tail', ['-f', join(till.folder, 'launch.sh')], { stdio: 'ignore' });
      others.push(reader);
      await once(reader, 'spawn');
      writeFileSync(join(till.data, 'launch.pid'), `${reader.pid}\n`);
      expect(await till.run('launch.sh')).toMatchObject({ status: 0 });
      expect(till.keeper).not.toBe(reader.pid);
      expect(reader.signalCode).toBeNull();
    });
  });
});

function isLocked(file: string): boolean {
  return spawnSync('flock', ['--nonblock', file, 'true']).status === 1;
}
