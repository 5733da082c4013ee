import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../src/acts/install.ts';
import { realFiles } from '../src/acts/real-files.ts';
import { readRunningFile } from '../src/acts/running-file.ts';
import { launch } from '../src/acts/start-service.ts';
import type { System } from '../src/acts/system.ts';
import { unitName } from '../src/acts/systemd-unit.ts';
import { uninstall } from '../src/acts/uninstall.ts';
import type { Tell } from '../src/plan.ts';
import { Interrupted } from '../src/prompter.ts';
import {
  askAs,
  configText,
  folder,
  installationForEach,
  log,
  place,
  port,
  root,
  system,
} from './support/each-installation.ts';
import { isAlive } from './support/launched.ts';
import { filesBelow, planFor } from './support/made-up-installation.ts';
import { signal } from './support/signal.ts';
import { until } from './support/until.ts';

const killedSetup = fileURLToPath(new URL('support/killed-setup.ts', import.meta.url));

/** Whether any process has it in its command line, as the keeper has launch, and whoever waits to start it again. */
async function isNamed(launchScript: string): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.some((line) => line.includes(launchScript));
}

// Windows has no process that waits for the end of the setup: the Task Scheduler brings the service back there.
const elsewhere = process.platform === 'win32' ? describe.skip : describe;

elsewhere('an upgrade that does not come to its end', () => {
  installationForEach("the shop's, 100 %");
  beforeEach(() => install(planFor(folder, port), system));

  const serving = async () => (await readRunningFile(place, system))?.pid;
  /** The number of the next one, which is such that pays. */
  const nextOnePays = async () => {
    await writeFile(join(place.dataFolder, 'behaviour'), 'pay');
    const first = await serving();
    signal(first, 'SIGKILL');
    await until(() => isBack(first));
    return serving();
  };
  const isBack = async (before: number | undefined) => {
    const now = await serving();
    return now !== undefined && now !== before && typeof (await askAs(log)) !== 'string';
  };

  test('killed between the end of the old service and the start of the new one: the old one serves again', async () => {
    const before = await serving();
    const config = await configText();
    const setup = spawn(process.execPath, [killedSetup, 'setup', root, folder, String(port)], { stdio: 'ignore' });
    expect((await once(setup, 'exit'))[1]).toBe('SIGKILL');
    expect(isAlive(before ?? 0)).toBe(false);
    await until(() => isBack(before));
    expect(await configText()).toBe(config);
  });

  test.each([false, true])(
    'a removal killed while it waits for a payment: the service is back after it, unless it was held (%s)',
    async (wasHeld) => {
      const paying = await nextOnePays();
      if (wasHeld) await writeFile(place.holdFile, '');
      const removal = spawn(process.execPath, [killedSetup, 'removal', root, folder, String(port)], {
        stdio: 'ignore',
      });
      expect((await once(removal, 'exit'))[1]).toBe('SIGKILL');
      expect(isAlive(paying ?? 0)).toBe(true);
      await writeFile(join(place.dataFolder, 'behaviour'), 'serve');
      if (wasHeld) await until(async () => !isAlive(paying ?? 0) && !(await isNamed(place.launch)));
      else await until(() => isBack(paying));
      expect(await realFiles.exists(place.holdFile)).toBe(wasHeld);
      expect(isAlive((await serving()) ?? 0)).toBe(!wasHeld);
    },
  );

  test('launch.pid has the number of one that only reads launch: a removal neither ends it nor waits for it', async () => {
    const reader = spawn('tail', ['-f', place.launch], { stdio: 'ignore' });
    await once(reader, 'spawn');
    await writeFile(place.keeperFile, `${reader.pid}\n`);
    const gone = once(reader, 'exit');
    try {
      await uninstall({ folder, purge: false, language: 'en' }, system);
      expect(reader.signalCode).toBeNull();
    } finally {
      reader.kill();
      await gone;
    }
  });

  test.each([false, true])(
    'a removal that cannot take the start with the computer away: the service is back, even where its hold stays (%s)',
    async (holdStays) => {
      const before = await serving();
      const unit = join(root, '.config', 'systemd', 'user', unitName(folder));
      await mkdir(dirname(unit), { recursive: true });
      await writeFile(unit, '');
      const remove = async (path: string) => {
        if (path === unit || (holdStays && path === place.holdFile)) throw new Error(`${path} stays`);
        return realFiles.remove(path);
      };
      const stubborn: System = { ...system, files: { ...realFiles, remove } };
      await expect(uninstall({ folder, purge: false, language: 'en' }, stubborn)).rejects.toThrow(`${unit} stays`);
      await until(() => isBack(before));
      expect(await realFiles.exists(place.holdFile)).toBe(false);
    },
  );

  test('Ctrl-C where one was started again just before the removal took the start with the computer away: that is said', async () => {
    const interruption = new AbortController();
    const pressed: System = {
      ...system,
      interruptibly: (during) => during(interruption.signal),
      async run(command, args) {
        // The first that is done once it has stopped: cron, which knows of no hold, has started another, and a customer pays.
        if (command === 'crontab' && args[0] === '-l') {
          await writeFile(join(place.dataFolder, 'behaviour'), 'pay');
          launch(place, system);
          await until(() => isBack(undefined));
        }
        return { status: undefined, output: '', errors: 'not here' };
      },
    };
    const lines: string[] = [];
    const outcome = expect(
      uninstall({ folder, purge: true, language: 'en' }, pressed, (line) => {
        lines.push(line);
        interruption.abort(new Interrupted());
      }),
    ).rejects.toMatchObject({
      constructor: Interrupted,
      remark: expect.stringMatching(
        /does not start with this computer any more\. Run the removal again to complete it/,
      ),
    });
    await outcome;
    expect(lines).toEqual([expect.stringMatching(/Ctrl-C leaves at once; the removal is then to be run again\.$/)]);
    expect(await realFiles.exists(place.launch)).toBe(true);
    await writeFile(join(place.dataFolder, 'behaviour'), 'serve');
  });

  test.each<[string, (system: System, tell: Tell) => Promise<unknown>, string, string]>([
    [
      'an upgrade',
      (pressed, tell) => install(planFor(folder, port), pressed, tell),
      'it is waited for, 630 s at most. Ctrl-C leaves at once, with nothing changed.',
      'starts afresh once the payment under way is over',
    ],
    [
      'a removal',
      (pressed, tell) => uninstall({ folder, purge: true, language: 'fr' }, pressed, tell),
      'il est attendu, 630 s au plus. Ctrl-C quitte aussitôt, sans rien changer.',
      'redémarre après le paiement en cours',
    ],
  ])(
    '%s waits for a payment, and says so; Ctrl-C: nothing is changed, and the service starts afresh after it',
    async (_what, act, told, remark) => {
      await realFiles.remove(join(place.dataFolder, 'starts'));
      const paying = await nextOnePays();
      const untouched = await filesBelow(folder);
      const interruption = new AbortController();
      const commands: string[] = [];
      const pressed: System = {
        ...system,
        interruptibly: (during) => during(interruption.signal),
        async run(command) {
          commands.push(command);
          return { status: undefined, output: '', errors: 'not here' };
        },
      };
      const lines: string[] = [];
      const outcome = expect(act(pressed, (line) => lines.push(line))).rejects.toMatchObject({
        constructor: Interrupted,
        remark: expect.stringContaining(remark),
      });
      await until(() => lines.length > 0);
      interruption.abort(new Interrupted());
      await outcome;
      expect(lines).toEqual([expect.stringContaining(told)]);
      expect(isAlive(paying ?? 0)).toBe(true);
      await realFiles.remove(join(place.dataFolder, 'stopping'));
      expect(await filesBelow(folder)).toEqual(untouched);
      expect(commands).toEqual([]);
      await writeFile(join(place.dataFolder, 'behaviour'), 'serve');
      await until(() => isBack(paying));
    },
  );
});
