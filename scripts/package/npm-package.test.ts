import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchPackage, locked, npmPackage } from './npm-package.ts';

/** A package that a stand-in for npm hands over, as `npm pack` does: it counts how often it was asked. */
const onUnix = process.platform === 'win32' ? describe.skip : describe;
onUnix('a package of another system', () => {
  let folder: string;
  let npm: string;
  let integrity: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'npm-package-'));
    mkdirSync(join(folder, 'package'));
    writeFileSync(join(folder, 'package', 'node'), 'a program');
    const archive = join(folder, 'archive.tgz');
    spawnSync('tar', ['-czf', archive, '-C', folder, 'package']);
    integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    npm = join(folder, 'npm');
    // pack NAME@VERSION --silent --pack-destination FOLDER
    const script = `#!/bin/sh\necho "$2" >>'${folder}/asked'\ncp '${archive}' "$5/it.tgz"\necho it.tgz\n`;
    writeFileSync(npm, script, { mode: 0o755 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const fetched = () => join(folder, 'fetched');
  const fetch = (more = {}) =>
    fetchPackage({ name: '@far/node', version: '24.21.0', integrity, ...more }, fetched(), npm);

  test('is fetched once, by its name and version', async () => {
    for (const _ of [1, 2]) expect(readFileSync(join(await fetch(), 'node'), 'utf8')).toBe('a program');
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('@far/node@24.21.0\n');
  });

  test('that is not the one that package-lock.json means is refused, and nothing of it stays', async () => {
    const other = integrity.replace(/^sha512-./, (begin) => `sha512-${begin.endsWith('A') ? 'B' : 'A'}`);
    await expect(fetch({ integrity: other })).rejects.toThrow('its integrity is another one');
    expect(readdirSync(fetched())).toEqual([]);
  });
});

test('what npm has installed is taken as it is; what package-lock.json does not know is not looked for', async () => {
  const { version } = await locked('esbuild');
  const folder = await npmPackage('esbuild');
  expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toMatchObject({ name: 'esbuild', version });
  await expect(npmPackage('no-such-package')).rejects.toThrow('package-lock.json knows no no-such-package');
});
