import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zip } from './zip.ts';
import { zipOnce } from './zip-once.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zip-once-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const entry = { name: 'bin/tp-manager', bytes: Buffer.from('a program'), executable: true };

test('the same entries are packed once', async () => {
  expect((await zipOnce([entry], folder)).equals(await zip([entry]))).toBe(true);
  const [kept = ''] = readdirSync(folder);
  // What is told apart from what would be packed.
  writeFileSync(join(folder, kept), 'what was packed before');
  expect((await zipOnce([entry], folder)).toString()).toBe('what was packed before');
});

test.each([
  ['bytes', { bytes: Buffer.from('a pr0gram') }],
  ['a name', { name: 'bin/tp-manage' }],
  ['rights', { executable: false }],
])('others of %s are packed anew', async (_what, change) => {
  await zipOnce([entry], folder);
  const other = [{ ...entry, ...change }];
  expect((await zipOnce(other, folder)).equals(await zip(other))).toBe(true);
  expect(readdirSync(folder)).toHaveLength(2);
});
