import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MANIFEST } from '../../packages/installer/src/acts/delivery-head.ts';
import { semver } from '../../packages/service/src/version.ts';
import { type Contents, connectorDelivery, simulatorDelivery } from './deliveries.ts';
import { targets } from './targets.ts';
import type { ZipEntry } from './zip.ts';

const PROGRAM = 'Node, and the program in it';
const papers: ZipEntry[] = ['LICENSE', 'THIRD-PARTY-LICENCES.txt', 'sbom.cdx.json'].map((name) => ({
  name,
  bytes: Buffer.from(`this is ${name}`),
}));
const paperNames = papers.map(({ name }) => `bin/${name}`);

let contents: Contents;
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'deliveries-'));
  contents = { executable: join(folder, 'program'), papers };
  writeFileSync(contents.executable, PROGRAM);
});
afterAll(() => rmSync(join(contents.executable, '..'), { recursive: true }));

const unixFiles = ['setup.sh', 'bin/tp-manager', 'launch.sh', 'always-up.sh', 'bin/keep-up.sh', ...paperNames];
const layouts = [
  ['linux', unixFiles],
  ['linux_arm64', unixFiles],
  ['windows_64', ['setup.cmd', 'setup.exe', 'launch.cmd', 'always-up.cmd', 'bin/keep-up.cmd', ...paperNames]],
] as const;

describe.each(layouts)('what is delivered to a till, for %s', (os, files) => {
  let entries: ZipEntry[];
  beforeAll(async () => {
    entries = await connectorDelivery(contents, targets[os]);
  });

  test('its layout: what people start at the root, the rest in bin, the manifest first', () => {
    expect(entries.map(({ name }) => name)).toEqual(['manifest.json', ...files]);
  });

  test('Node is in it once', () => {
    const programs = entries.filter(({ bytes }) => Buffer.from(bytes).toString() === PROGRAM);
    expect(programs.map(({ name }) => name)).toEqual([os === 'windows_64' ? 'setup.exe' : 'bin/tp-manager']);
  });

  test('what is started may be executed, papers may not', () => {
    const executable = entries.filter((entry) => entry.executable).map(({ name }) => name);
    expect(executable).toEqual(files.filter((name) => !paperNames.includes(name)));
  });

  test('scripts have the line ends of their system', () => {
    const scripts = entries.filter(({ name }) => /\.(sh|cmd)$/.test(name));
    for (const { bytes } of scripts) {
      const text = Buffer.from(bytes).toString();
      const [all, windows] = [/\n/g, /\r\n/g].map((end) => text.match(end)?.length ?? 0);
      expect(all).toBeGreaterThan(2);
      expect(windows).toBe(os === 'windows_64' ? all : 0);
    }
  });

  test('the manifest names each file with its size and digest', () => {
    const [first, ...others] = entries;
    expect(JSON.parse(String(first?.bytes))).toEqual({
      ...{ product: MANIFEST.product, version: semver, os },
      files: others.map(({ name, bytes, executable = false }) => ({
        ...{ name, executable, bytes: bytes.length },
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })),
    });
  });
});

test.each([
  ['linux', 'ecr-simulator'],
  ['windows_64', 'ecr-simulator.exe'],
] as const)('the simulator for %s is apart, with papers of its own', async (os, program) => {
  const entries = await simulatorDelivery(contents, targets[os]);
  expect(entries.map(({ name }) => name)).toEqual(['manifest.json', program, ...papers.map(({ name }) => name)]);
});
