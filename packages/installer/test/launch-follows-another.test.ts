import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeLaunch, isLocked, others, till } from './support/each-launched.ts';
import { signal } from './support/signal.ts';
import { until } from './support/until.ts';

describeLaunch(() => {
  test('a second launch says what tp-manager has against the one that runs: config.yml was changed, say', async () => {
    await till.run('launch.sh');
    const complaint = 'The running service has other credentials than config.yml.\n';
    writeFileSync(join(till.data, 'complaint'), complaint);
    const { status, output } = await till.run('launch.sh');
    expect(output).toMatch(/^tp-manager runs already, at \S+\n/);
    expect(output).toContain(complaint);
    expect(output).not.toContain('all is well');
    expect([status, till.starts.length]).toEqual([0, 1]);
  });

  describe('after a stop that waits for a payment', () => {
    beforeEach(async () => {
      till.behave('pay');
      await till.run('launch.sh');
      signal(till.serving, 'SIGTERM');
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
      await until(() => till.serving !== undefined && till.serving !== serving && till.starts.length > 1);
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
    others.push(followed);
    await once(followed.stdout, 'data');
    writeFileSync(join(till.data, 'launch.pid'), `${followed.pid}\n`);
    const env = { ...till.environment, LAUNCH_FOLLOWS: String(followed.pid) };
    const following = till.run('launch.sh', ['--foreground'], { env });
    await until(() => till.serving !== undefined);
    expect(till.keeper).not.toBe(followed.pid);
    signal(till.keeper, 'SIGTERM');
    expect((await following).status).toBe(0);
  });

  test('a launch that comes while the one before is about to end, as after a stop, starts another', async () => {
    // It is named as the keeper still, and ends when it hears of the launch.
    const ending = spawn(
      'sh',
      ['-c', "trap 'exit 0' USR1; echo; while :; do sleep 0.05; done", join(till.folder, 'launch.sh'), '--foreground'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    others.push(ending);
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
    others.push(ending);
    await until(() => isLocked(lock));
    const [refused, isFree] = [join(till.data, 'refused'), join(till.data, 'is-free')];
    // The one that stays waits a second at most in a test; as long as it takes this one to free the lock, it is kept in its first sleep.
    const sleep = `#!/bin/sh
tr '\\0' ' ' <"/proc/$PPID/cmdline" | grep -q -e ' --foreground' || exec /bin/sleep 0.05
: >"$REFUSED"
while [ -e "$0" ] && [ ! -e "$IS_FREE" ]; do /bin/sleep 0.02; done
`;
    writeFileSync(join(till.folder, '..', 'tools', 'sleep'), sleep, { mode: 0o755 });
    const launching = till.run('launch.sh', [], { env: { ...till.environment, REFUSED: refused, IS_FREE: isFree } });
    await until(() => existsSync(refused));
    const gone = once(ending, 'exit');
    ending.stdin.end();
    await gone;
    writeFileSync(isFree, '');
    expect((await launching).status).toBe(0);
    expect(till.starts).toHaveLength(1);
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
      signal(till.keeper, 'SIGTERM');
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
