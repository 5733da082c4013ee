import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { exposures, readableByOthers } from './exposed.ts';

const asUser = { platform: 'linux', getuid: () => 1000 } as const;
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "anna's till "));
  file = join(folder, 'config.yml');
  writeFileSync(file, 'api_password: secret\n', { mode: 0o600 });
});
afterEach(() => rmSync(folder, { recursive: true }));

test('readable by its owner only, and no root: nothing to say', () => {
  expect(exposures(file, asUser)).toEqual([]);
});

test.each([0o644, 0o640, 0o604])('readable by others (%o): the command that is named mends it', (mode) => {
  chmodSync(file, mode);
  const [sentence = '', ...more] = exposures(file, asUser);
  expect(more).toEqual([]);
  const [, command = ''] = /: '(.+)' mends it\.$/.exec(sentence) ?? [];
  execFileSync('sh', ['-c', command]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(exposures(file, asUser)).toEqual([]);
});

test('as root: said of the service, not of a command', () => {
  const asRoot = { ...asUser, getuid: () => 0 };
  expect(exposures(file, asRoot)).toEqual([expect.stringMatching(/^The service runs as root.*'chown -R USER /)]);
  expect(readableByOthers(file, asRoot)).toEqual([]);
});

test('on Windows access lists say who reads it', () => {
  chmodSync(file, 0o644);
  expect(exposures(file, { platform: 'win32' })).toEqual([]);
});
