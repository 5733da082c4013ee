import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const script = fileURLToPath(new URL('../../../setup.sh', import.meta.url));
/** Says which program it is and what it was given, an argument a line. */
const echo = `#!/bin/sh\nprintf '%s\\n' "$0" "$@"\nexit 130\n`;

// A shell is needed; setup.cmd is for Windows.
const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('setup.sh', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'unzipped-')));
    folder = join(root, "the shop's $HOME, 100 %");
    mkdirSync(folder);
    copyFileSync(script, join(folder, 'setup.sh'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const program = (path: string, mode = 0o755) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, echo);
    chmodSync(file, mode);
    return file;
  };
  const run = (args: string[], file = join(folder, 'setup.sh')) => {
    const { status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', cwd: '/' });
    return { status, said: stdout.split('\n').slice(0, -1), errors: stderr };
  };
  const args = ['--folder', 'a b', '', '*', "it's $PATH", '--yes'];

  test('starts the delivered setup, with all arguments, and ends as it ends', () => {
    const connector = program('bin/tp-manager');
    program('node_modules/.bin/node');
    program('packages/installer/bin/setup.js');
    expect(run(args)).toEqual({ status: 130, said: [connector, 'setup', ...args], errors: '' });
  });

  test('through a link from elsewhere, too', () => {
    const connector = program('bin/tp-manager');
    symlinkSync(join(folder, 'setup.sh'), join(root, 'link'));
    expect(run(args, join(root, 'link')).said).toEqual([connector, 'setup', ...args]);
  });

  test('that lost its rights, as not every program that unzips keeps them', () => {
    const connector = program('bin/tp-manager', 0o644);
    expect(run(args).said).toEqual([connector, 'setup', ...args]);
  });

  test("in a checkout, the checkout's, by the checkout's Node", () => {
    const node = program('node_modules/.bin/node');
    const setup = program('packages/installer/bin/setup.js');
    expect(run(args).said).toEqual([node, setup, ...args]);
  });

  test.each([
    ['nothing beside it', () => {}, 'unzip the whole delivery'],
    ["no Node of the checkout's", () => program('packages/installer/bin/setup.js'), "run 'npm ci' in"],
  ])('%s: status 2, and what to do', (_what, prepare, message) => {
    prepare();
    const { status, errors } = run([]);
    expect(status).toBe(2);
    expect(errors).toContain(message);
  });
});
