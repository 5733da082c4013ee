import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeLaunch, isLocked, till } from './support/each-launched.ts';
import { signal } from './support/signal.ts';
import { until } from './support/until.ts';

describeLaunch(() => {
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
    expect(output).toMatch(/^tp-manager runs already, at \S+\n$/);
    expect(status).toBe(0);
    expect(till.starts).toHaveLength(1);
  });

  test('one that crashes comes back, as often as it crashes', async () => {
    await till.run('launch.sh');
    for (let crash = 1; crash <= 3; crash++) {
      const crashed = till.serving;
      signal(crashed, 'SIGKILL');
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
    signal(pidOf(), 'SIGTERM');
    await until(() => till.keeper === undefined);
    expect(till.serving).toBeUndefined();
    expect(till.log).toMatch(/launch: tp-manager has stopped\.\n$/);
    expect(till.starts).toHaveLength(1);
    expect(existsSync(join(till.data, 'launch.pid'))).toBe(false);
  });

  test('SIGTERM to launch in the very moment in which it starts the service: stopped, too', async () => {
    // The last program that launch runs before it makes the process of the service. Its trap is run once that has ended.
    const tellTheKeeper = '[ "$1" != +%s ] || kill -TERM "$(cat "$KEEPER_FILE")"';
    writeFileSync(
      join(till.folder, '..', 'tools', 'date'),
      `#!/bin/sh\n${tellTheKeeper}\nPATH=\${PATH#*:} exec date "$@"\n`,
      { mode: 0o755 },
    );
    const env = { ...till.environment, KEEPER_FILE: join(till.data, 'launch.pid') };
    const { status, output } = await till.run('launch.sh', ['--foreground'], { env });
    expect(output).toMatch(/launch: tp-manager has stopped\.\n$/);
    expect(status).toBe(0);
    expect(till.serving).toBeUndefined();
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
    // On a machine so busy that the first one took two seconds to fail, it is tried again at once.
    expect(delays.join(' ')).toMatch(/^[01] 1 1 1 1 5$/);
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
    signal(keeper, 'SIGUSR1');
    await until(() => till.starts.length > starts.length);
    signal(keeper, 'SIGUSR1');
    till.behave('serve');
    await until(() => till.serving !== undefined);
    expect(till.keeper).toBe(keeper);
  });

  test('held while it is down: it is not started again', async () => {
    till.behave('exit 1');
    await till.run('launch.sh');
    writeFileSync(join(till.data, 'hold'), '');
    signal(till.keeper, 'SIGUSR1');
    await until(() => till.keeper === undefined);
    expect(till.log).toMatch(/held: it is not started again|stays so: it is held/);
  });

  test('outlives the terminal that it was started on', async () => {
    await till.run('launch.sh');
    const { keeper, serving } = till;
    signal(keeper, 'SIGHUP');
    signal(serving, 'SIGKILL');
    await until(() => till.keeper === undefined || ![undefined, serving].includes(till.serving));
    expect(till.keeper).toBe(keeper);
  });

  test('a service that outlives its keeper does not have its lock, which would keep the next launch from starting one', async () => {
    await till.run('launch.sh');
    const { keeper, serving } = till;
    signal(keeper, 'SIGKILL');
    await until(() => till.keeper === undefined);
    expect(till.serving).toBe(serving);
    expect(isLocked(join(till.data, 'launch.lock'))).toBe(false);
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
});
