import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST } from '../../packages/installer/src/acts/delivery-head.ts';
import { semver } from '../../packages/service/src/version.ts';
import { root } from './folders.ts';
import type { Target } from './targets.ts';
import type { ZipEntry } from './zip.ts';

/** What stands in a delivery: the executable's file, and the papers that go with it. */
export interface Contents {
  executable: string;
  papers: readonly ZipEntry[];
}

/** What is delivered to a till: unzipped anywhere, its setup installs from there. */
export async function connectorDelivery({ executable, papers }: Contents, target: Target): Promise<ZipEntry[]> {
  const { script, os } = target;
  const delivered = join(root, 'packages', 'installer', 'delivered');
  const scripts = [`launch.${script}`, `always-up.${script}`];
  return withManifest(os, [
    await scriptEntry(root, `setup.${script}`),
    // On Windows a double click starts the executable, which is the setup by its name, and installs itself as tp-manager.exe.
    await executableEntry(os === 'windows_64' ? 'setup.exe' : 'bin/tp-manager', executable),
    ...(await Promise.all(scripts.map((name) => scriptEntry(delivered, name)))),
    await scriptEntry(delivered, `keep-up.${script}`, 'bin/'),
    ...papers.map((paper) => ({ ...paper, name: `bin/${paper.name}` })),
  ]);
}

/** The simulator, for developers of point-of-sale software. */
export async function simulatorDelivery({ executable, papers }: Contents, target: Target): Promise<ZipEntry[]> {
  return withManifest(target.os, [await executableEntry(`ecr-simulator${target.exe}`, executable), ...papers]);
}

/** Their line ends are those of their system, however the checkout has them. */
async function scriptEntry(folder: string, name: string, into = ''): Promise<ZipEntry> {
  const text = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
  return {
    name: `${into}${name}`,
    bytes: Buffer.from(name.endsWith('.cmd') ? text.replaceAll('\n', '\r\n') : text),
    executable: true,
  };
}

async function executableEntry(name: string, file: string): Promise<ZipEntry> {
  return { name, bytes: await readFile(file), executable: true };
}

/** The manifest stands first, so that the first bytes of a delivery tell what it is. */
function withManifest(os: string, entries: ZipEntry[]): ZipEntry[] {
  const files = entries.map(({ name, bytes, executable = false }) => ({
    name,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    executable,
  }));
  const manifest = { product: MANIFEST.product, version: semver, os, files };
  return [{ name: MANIFEST.entry, bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) }, ...entries];
}
