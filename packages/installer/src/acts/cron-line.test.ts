import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cronLine, withLine, withoutLine } from './cron-line.ts';

test('the documented line', () => {
  expect(cronLine('/home/user/ecr/always-up.sh')).toBe('*/2 * * * * /home/user/ecr/always-up.sh');
});

test.each(['shop 1', "the till's", '100 %', '$HOME', 'a;b', 'été', '`x`'])(
  'a folder named %s is run all the same',
  (name) => {
    const folder = join(mkdtempSync(join(tmpdir(), 'cron-')), name);
    mkdirSync(folder);
    const script = join(folder, 'always-up.sh');
    writeFileSync(script, '#!/bin/sh\necho it ran\n');
    chmodSync(script, 0o755);
    // As cron does: the command is what follows the five fields, up to a percent sign that has no backslash (crontab(5)).
    const command = cronLine(script).split(' ').slice(5).join(' ');
    expect(command).not.toMatch(/(^|[^\\])%/);
    const { stdout } = spawnSync('/bin/sh', ['-c', command.replaceAll('\\%', '%')], { env: {}, encoding: 'utf8' });
    expect(stdout).toBe('it ran\n');
    rmSync(join(folder, '..'), { recursive: true });
  },
);

const line = '*/2 * * * * /home/user/ecr/always-up.sh';
const theirs = '# mine\n0 3 * * * /usr/bin/backup\n';

test('is added once, and all else stays', () => {
  expect(withLine('', line)).toBe(`${line}\n`);
  expect(withLine(theirs, line)).toBe(`${theirs}${line}\n`);
  expect(withLine(`${theirs}${line}\n`, line)).toBe(`${theirs}${line}\n`);
  expect(withLine('0 3 * * * /usr/bin/backup', line)).toBe(`0 3 * * * /usr/bin/backup\n${line}\n`);
});

test('is taken out, and all else stays', () => {
  expect(withoutLine(withLine(theirs, line), line)).toBe(theirs);
  expect(withoutLine(`${line}\n`, line)).toBe('');
  expect(withoutLine(theirs, line)).toBeUndefined();
});
