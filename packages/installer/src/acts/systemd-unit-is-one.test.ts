import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { remove, temporaryFolder } from '../../test/support/made-up-installation.ts';
import { systemdUnit, unitName } from './systemd-unit.ts';

/** systemd's own reader of units says what is wrong with one; it is there where systemd is. */
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
const whereSystemdIs = hasSystemd ? test : test.skip;

let root: string;
beforeEach(() => {
  root = temporaryFolder();
});
afterEach(() => remove(root));

function saidOf(unit: string, name: string): string {
  const file = join(root, name);
  writeFileSync(file, unit);
  const env = { ...process.env, XDG_RUNTIME_DIR: root };
  const { stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--user', file], { encoding: 'utf8', env });
  // Of units of the machine there may be more to say.
  return `${stdout}${stderr}`
    .split('\n')
    .filter((line) => line.includes(name))
    .join('\n');
}

whereSystemdIs.each(['connector', '100 % $HOME "of" the till', 'c\\d $$'])(
  'systemd reads the unit of the folder %s',
  (name) => {
    const folder = join(root, name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'launch.sh'), '#!/bin/sh\n', { mode: 0o755 });
    const unit = systemdUnit(folder, join(folder, 'launch.sh'));
    expect(saidOf(unit, unitName(folder))).toBe('');
    expect(saidOf(unit.replace('on-failure', 'on-failur'), unitName(folder))).toContain('restart specifier');
  },
);
