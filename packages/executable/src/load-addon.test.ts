import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { loadAddon } from './load-addon.ts';

const bindings = dirname(createRequire(import.meta.url).resolve('@serialport/bindings-cpp/package.json'));
const prebuild: Partial<Record<string, string>> = {
  x64: 'linux-x64/@serialport+bindings-cpp.glibc.node',
  arm64: 'linux-arm64/@serialport+bindings-cpp.armv8.glibc.node',
};
const bytes = readFileSync(join(bindings, 'prebuilds', prebuild[process.arch] ?? ''));

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'load-addon-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const load = (...folders: string[]) =>
  loadAddon(
    'serialport.node',
    bytes,
    folders.map((folder) => join(root, folder)),
  );

test('the module is put into a folder of its own, and loaded', () => {
  expect(load('native')).toHaveProperty('Poller');
  expect(statSync(join(root, 'native')).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(root, 'native'))).toEqual([expect.stringMatching(/^[0-9a-f]{16}-serialport\.node$/)]);
});

test('one that was cut off, or changed, is replaced', () => {
  load('native');
  const [name = ''] = readdirSync(join(root, 'native'));
  const file = join(root, 'native', name);
  // As a file of its own: the one that is loaded must not change under the process.
  rmSync(file);
  writeFileSync(file, bytes.subarray(0, 1000));
  expect(load('native')).toHaveProperty('Poller');
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

test('a folder that cannot be made, one that others can write to, and one that is a file are passed over', () => {
  writeFileSync(join(root, 'file'), '');
  rmSync(join(root, 'open'), { recursive: true, force: true });
  load('open');
  chmodSync(join(root, 'open'), 0o777);
  expect(load('missing/native', 'file', 'open', 'good')).toHaveProperty('Poller');
  expect(readdirSync(join(root, 'good'))).toHaveLength(1);
});

test('where nothing helps, one sentence says what stood in the way and what to do', () => {
  writeFileSync(join(root, 'file'), '');
  const folders = [join(root, 'file'), join(root, 'missing/native'), join(root, 'good')];
  // The last folder is fine, and what is put there cannot be loaded: so does a folder that is mounted noexec look.
  const attempt = () => loadAddon('serialport.node', Buffer.from('not a module'), folders);
  expect(attempt).toThrow(OperatingError);
  expect(attempt).toThrow(
    /file: it is not a folder of this user; .*missing\/native: ENOENT.*; .*good: .*too short.*TP_MANAGER_NATIVE_DIR/,
  );
});
