import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeLaunch, isLocked, others, till } from './support/each-launched.ts';
import { signal } from './support/signal.ts';
import { until } from './support/until.ts';

describeLaunch(() => {
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
      signal(till.keeper, 'SIGKILL');
      await until(() => till.keeper === undefined);
      till.behave('serve');
      expect(await till.run('always-up.sh')).toEqual({ status: 0, output: '' });
      expect(till.serving).toBeDefined();
    });

    test('starts what was stopped without --hold', async () => {
      await till.run('launch.sh');
      signal(till.keeper, 'SIGTERM');
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
});
