import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST } from '../../packages/installer/src/acts/delivery-head.ts';
import { semver } from '../../packages/service/src/version.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { bundledPackages } from './bundled-packages.ts';
import { root } from './folders.ts';
import type { Executable } from './make-executable.ts';
import type { Program } from './programs.ts';
import type { Target } from './targets.ts';
import { thirdPartyLicences } from './third-party-licences.ts';
import type { ZipEntry } from './zip.ts';

/** What is delivered to a till: unzipped anywhere, its setup installs from there. */
export async function connectorDelivery(program: Program, executable: Executable, target: Target): Promise<ZipEntry[]> {
  const { script, os } = target;
  const delivered = join(root, 'packages', 'installer', 'delivered');
  const scripts = [`launch.${script}`, `always-up.${script}`];
  // launch.cmd is whole.
  const besideProgram = os === 'windows_64' ? [] : ['keep-up.sh'];
  return withManifest(os, [
    await scriptEntry(root, `setup.${script}`),
    // On Windows a double click starts the executable, which is the setup by its name, and installs itself as tp-manager.exe.
    await executableEntry(os === 'windows_64' ? 'setup.exe' : 'bin/tp-manager', executable),
    ...(await Promise.all(scripts.map((name) => scriptEntry(delivered, name)))),
    ...(await Promise.all(besideProgram.map((name) => scriptEntry(delivered, name, 'bin/')))),
    ...(await papers('bin/', program, target)),
  ]);
}

/** The simulator, for developers of point-of-sale software. */
export async function simulatorDelivery(program: Program, executable: Executable, target: Target): Promise<ZipEntry[]> {
  const entry = await executableEntry(`ecr-simulator${target.exe}`, executable);
  return withManifest(target.os, [entry, ...(await papers('', program, target))]);
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

async function executableEntry(name: string, { file }: Executable): Promise<ZipEntry> {
  return { name, bytes: await readFile(file), executable: true };
}

async function papers(folder: string, program: Program, target: Target): Promise<ZipEntry[]> {
  const packages = await bundledPackages(program, target);
  return [
    { name: `${folder}LICENSE`, bytes: await readFile(join(root, 'LICENSE')) },
    { name: `${folder}THIRD-PARTY-LICENCES.txt`, bytes: Buffer.from(thirdPartyLicences(packages)) },
    { name: `${folder}sbom.cdx.json`, bytes: Buffer.from(billOfMaterials(program.name, semver, packages)) },
  ];
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
