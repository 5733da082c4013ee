import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { setupFolder } from './setup-folder.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'setup-folder-')));
});
afterEach(() => rmSync(root, { recursive: true }));

test.each([
  ['a delivery for Linux', 'setup.sh', 'bin/tp-manager'],
  ['a delivery for Windows', 'setup.cmd', 'setup.exe'],
  ['a checkout', 'setup.sh', 'packages/installer/bin/setup.js'],
])('in %s it is where %s stands', (_what, script, program) => {
  writeFileSync(join(root, script), '');
  expect(setupFolder(join(root, program))).toBe(root);
});

test('a program by itself stands for it', () => {
  expect(setupFolder(join(root, 'bin/tp-manager'))).toBe(join(root, 'bin'));
});
