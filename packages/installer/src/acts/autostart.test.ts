import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { remove, temporaryFolder } from '../../test/support/made-up-installation.ts';
import { actSentences } from './act-sentences.ts';
import { removeAutostart, setUpAutostart } from './autostart.ts';
import { placeOf } from './place.ts';
import { realSystem } from './real-system.ts';
import type { Finished, System } from './system.ts';

const place = placeOf('/home/user/ecr', 'linux', 'checkout');
const { autostart: sentences } = actSentences('en');

describe('autostart on Linux', () => {
  let root: string;
  let bin: string;
  beforeEach(() => {
    root = temporaryFolder();
    bin = join(root, 'bin');
    mkdirSync(bin);
  });
  afterEach(() => remove(root));

  /** A machine that has these programs and no others. */
  function machine(programs: Record<string, string>, cronRuns: boolean | undefined = true): System {
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >>'${root}/calls'\n${script}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const real = realSystem(realClock);
    return {
      ...real,
      platform: 'linux',
      userName: 'user',
      homeFolder: root,
      environment: {},
      runsAny: (names) => (names.includes('cron') && names.includes('crond') ? cronRuns : undefined),
      run: (command, args, input) => real.run(join(bin, command), args, input),
    };
  }

  const calls = () => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');
  const units = join('.config', 'systemd', 'user');
  const crontab = `case $1 in
-l) if [ -f '{root}/crontab' ]; then cat '{root}/crontab'; else echo 'no crontab for user' >&2; exit 1; fi ;;
-r) rm '{root}/crontab' ;;
-) cat >'{root}/crontab' ;;
esac`;
  const cron = () => crontab.replaceAll('{root}', root);

  test('systemd: a unit of the user, enabled, that outlasts logging out; and all of it taken back', async () => {
    const system = machine({ systemctl: 'exit 0', loginctl: 'exit 0', crontab: cron() });
    const { notes, asides } = await setUpAutostart(place, sentences, system);
    const [unit = ''] = readdirSync(join(root, units));
    expect(notes).toEqual([]);
    expect(asides).toEqual([sentences.systemd(unit)]);
    expect(calls()).toEqual([
      'systemctl --user show-environment',
      'systemctl --user daemon-reload',
      `systemctl --user enable ${unit}`,
      'loginctl enable-linger user',
    ]);
    await removeAutostart(place, system);
    expect(readdirSync(join(root, units))).toEqual([]);
    expect(calls().slice(-3, -1)).toEqual([`systemctl --user disable ${unit}`, 'systemctl --user daemon-reload']);
  });

  test('the unit stands where this user has what is configured', async () => {
    const system = {
      ...machine({ systemctl: 'exit 0', loginctl: 'exit 0' }),
      environment: { XDG_CONFIG_HOME: join(root, 'xdg') },
    };
    await setUpAutostart(place, sentences, system);
    const folder = join(root, 'xdg', 'systemd', 'user');
    expect(readdirSync(folder)).toHaveLength(1);
    await removeAutostart(place, system);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('systemd without the right to linger: what the person has to do', async () => {
    const { notes } = await setUpAutostart(place, sentences, machine({ systemctl: 'exit 0', loginctl: 'exit 1' }));
    expect(notes).toEqual([expect.stringContaining('sudo loginctl enable-linger user')]);
  });

  test.each([
    ['there is no systemd', {}],
    ['this user has no systemd', { systemctl: 'exit 1' }],
    ['the unit cannot be enabled', { systemctl: 'case $2 in enable) exit 1 ;; esac' }],
  ])('%s: the line of cron, once; and taken back', async (_why, programs) => {
    const system = machine({ ...programs, crontab: cron() });
    writeFileSync(join(root, 'crontab'), '0 3 * * * /usr/bin/backup\n');
    await setUpAutostart(place, sentences, system);
    const { notes, asides } = await setUpAutostart(place, sentences, system);
    expect(notes).toEqual([]);
    expect(asides.join()).toContain('*/2 * * * * /home/user/ecr/always-up.sh');
    expect(readFileSync(join(root, 'crontab'), 'utf8')).toBe(
      '0 3 * * * /usr/bin/backup\n*/2 * * * * /home/user/ecr/always-up.sh\n',
    );
    await removeAutostart(place, system);
    expect(readFileSync(join(root, 'crontab'), 'utf8')).toBe('0 3 * * * /usr/bin/backup\n');
    if (existsSync(join(root, units))) expect(readdirSync(join(root, units))).toEqual([]);
  });

  test('a crontab of only that line goes as a whole', async () => {
    const system = machine({ crontab: cron() });
    await setUpAutostart(place, sentences, system);
    await removeAutostart(place, system);
    expect(existsSync(join(root, 'crontab'))).toBe(false);
  });

  test.each([
    [true, []],
    [false, [sentences.noCron]],
    [undefined, []],
  ])('the line of cron, where a cron daemon runs: %p', async (cronRuns, expected) => {
    const { notes, asides } = await setUpAutostart(place, sentences, machine({ crontab: cron() }, cronRuns));
    expect(notes).toEqual(expected);
    // systemd's timers may run the crontabs in its place, and are no daemon.
    for (const note of notes) expect(note).toContain('systemd-cron');
    expect(asides).toHaveLength(1);
  });

  test('neither: what the person has to do', async () => {
    const { notes, asides } = await setUpAutostart(place, sentences, machine({}));
    expect(notes).toEqual([sentences.none('/home/user/ecr/always-up.sh')]);
    expect(asides).toEqual([]);
  });

  test('a crontab that cannot be read is not overwritten', async () => {
    const system = machine({ crontab: 'echo "crontab: you may not" >&2; exit 1' });
    const { notes } = await setUpAutostart(place, sentences, system);
    expect(notes).toHaveLength(1);
    expect(calls().filter((call) => call === 'crontab -')).toEqual([]);
  });
});

describe('autostart on Windows', () => {
  const onWindows = placeOf('C:\\connector', 'win32', 'delivery');

  function machine(answer: (args: string[]) => Finished): {
    system: System;
    asked: string[][];
    files: Map<string, string>;
  } {
    const asked: string[][] = [];
    const files = new Map<string, string>();
    const real = realSystem(realClock);
    const system: System = {
      ...real,
      platform: 'win32',
      userName: 'Zoé',
      environment: { USERDOMAIN: 'TILL' },
      files: {
        ...real.files,
        write: async (path, content) => void files.set(path, Buffer.from(content).toString('utf16le')),
        remove: async (path) => void files.delete(path),
      },
      async run(command, args) {
        asked.push([command, ...args, ...files.values()]);
        return answer(args);
      },
    };
    return { system, asked, files };
  }

  test('a task, from a file that is gone again', async () => {
    const { system, asked, files } = machine(() => ({ status: 0, output: '', errors: '' }));
    const { asides } = await setUpAutostart(onWindows, sentences, system);
    expect(asides).toEqual([sentences.task('Desktop Connector')]);
    const file = 'C:\\connector\\always-up.cmd.xml';
    expect(asked[0]?.slice(0, 7)).toEqual(['schtasks', '/create', '/tn', 'Desktop Connector', '/xml', file, '/f']);
    expect(asked[0]?.[7]).toContain('<UserId>TILL\\Zoé</UserId>');
    expect(files.size).toBe(0);
  });

  test('without the right to: what the person has to do', async () => {
    const { system } = machine(() => ({ status: 1, output: '', errors: 'ERROR: Access is denied.\r\n' }));
    const { notes } = await setUpAutostart(onWindows, sentences, system);
    expect(notes).toEqual([expect.stringMatching(/Access is denied\..*administrator/)]);
  });

  test.each([
    ['its own task is deleted', onWindows.alwaysUp, 2],
    ["another installation's is not", 'D:\\other\\always-up.cmd', 1],
  ])('%s', async (_what, command, calls) => {
    const { system, asked } = machine(() => ({ status: 0, output: `<Command>${command}</Command>`, errors: '' }));
    await removeAutostart(onWindows, system);
    expect(asked).toHaveLength(calls);
    if (calls === 2) expect(asked[1]).toEqual(['schtasks', '/delete', '/tn', 'Desktop Connector', '/f']);
  });
});
