import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../src/acts/install.ts';
import { readRunningFile } from '../src/acts/running-file.ts';
import type { System } from '../src/acts/system.ts';
import { uninstall } from '../src/acts/uninstall.ts';
import { Interrupted } from '../src/prompter.ts';
import { askAs, folder, installationForEach, log, place, port, root, system } from './support/each-installation.ts';
import { filesBelow, planFor } from './support/made-up-installation.ts';
import { CTRL_C, realSetupAtTerminal } from './support/run-setup.ts';
import { until } from './support/until.ts';

// Of launch, a service in the background and Ctrl-C, as Linux knows them.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('Ctrl-C while the setup is at work', () => {
  installationForEach('connector');

  const behave = (how: string) => writeFileSync(join(place.dataFolder, 'behaviour'), how);
  const serves = async () => typeof (await askAs(log)) !== 'string';

  test.each([
    ['an upgrade', ['--yes']],
    ['a removal', ['--uninstall', '--purge', '--yes']],
  ])('%s by the program itself, during a payment: status 130, and what becomes of the service', async (_what, args) => {
    await install({ ...planFor(folder, port), start: false }, system);
    behave('pay');
    await install(planFor(folder, port), system);
    const untouched = await filesBelow(folder);
    const setup = realSetupAtTerminal(root, ['--folder', folder, ...args]);
    await setup.sees('Ctrl-C leaves at once, with nothing changed.');
    setup.type(CTRL_C);
    expect(await setup.ended()).toBe(130);
    expect(setup.screen()).toMatch(
      /\n(\^C)?The service in .*connector is as it was; it starts afresh once .* is over\.\n$/,
    );
    const { [join('hipay/ecr-connector/bin/data/stopping')]: stopping, ...left } = await filesBelow(folder);
    expect(stopping).toBeDefined();
    expect(left).toEqual(untouched);
    const paying = (await readRunningFile(place, system))?.pid;
    behave('serve');
    await until(async () => (await readRunningFile(place, system))?.pid !== paying && (await serves()));
  });

  test('during the start of the service: all is installed, that is said, and the service starts', async () => {
    const interruption = new AbortController();
    const pressed: System = {
      ...system,
      interruptibly: (during) => during(interruption.signal),
      startInBackground(...args) {
        interruption.abort(new Interrupted());
        return system.startInBackground(...args);
      },
    };
    await expect(install(planFor(folder, port), pressed)).rejects.toMatchObject({
      constructor: Interrupted,
      remark: expect.stringMatching(
        /^The connector is installed in .*, and its service goes on starting: .*launch\.log/,
      ),
    });
    await until(serves);
    expect(existsSync(place.launch)).toBe(true);
  });

  test('before anything was stopped: nothing is changed, and that is said', async () => {
    await install(planFor(folder, port), system);
    const untouched = await filesBelow(folder);
    const interruption = new AbortController();
    interruption.abort(new Interrupted());
    const pressed: System = { ...system, interruptibly: (during) => during(interruption.signal) };
    const before = await readRunningFile(place, system);
    await expect(install({ ...planFor(folder, port), language: 'fr' }, pressed)).rejects.toMatchObject({
      constructor: Interrupted,
      remark: "Rien n'a été changé.",
    });
    expect(await filesBelow(folder)).toEqual(untouched);
    expect(await readRunningFile(place, system)).toEqual(before);
  });

  test('a removal, as the service had stopped: it comes back, and that is said', async () => {
    await install(planFor(folder, port), system);
    const before = (await readRunningFile(place, system))?.pid;
    const interruption = new AbortController();
    const pressed: System = {
      ...system,
      interruptibly: (during) => during(interruption.signal),
      isRunning(pid, name) {
        const runs = system.isRunning(pid, name);
        if (!runs) interruption.abort(new Interrupted());
        return runs;
      },
    };
    await expect(uninstall({ folder, purge: true, yes: true, language: 'en' }, pressed)).rejects.toMatchObject({
      constructor: Interrupted,
      remark: expect.stringContaining('it starts afresh'),
    });
    await until(async () => (await readRunningFile(place, system))?.pid !== before && (await serves()));
  });
});
