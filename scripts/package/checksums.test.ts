import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksums } from './checksums.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checksums-'));
  for (const name of ['b.zip', 'a.zip', 'a.zip.new']) writeFileSync(join(folder, name), `the bytes of ${name}`);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('each zip that is there has its line, and no other file', async () => {
  expect((await checksums(folder)).replaceAll(/[0-9a-f]{64}/g, 'SHA-256')).toBe('SHA-256  a.zip\nSHA-256  b.zip\n');
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('sha256sum finds what it says, and notices a changed byte', async () => {
  writeFileSync(join(folder, 'SHA256SUMS'), await checksums(folder));
  const check = () => spawnSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
  expect(check()).toMatchObject({ status: 0, stdout: 'a.zip: OK\nb.zip: OK\n' });
  writeFileSync(join(folder, 'b.zip'), 'the bytes of c.zip');
  expect(check().status).toBe(1);
});
