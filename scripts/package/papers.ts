import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { semver } from '../../packages/service/src/version.ts';
import { billOfMaterials } from './bill-of-materials.ts';
import { bundledPackages } from './bundled-packages.ts';
import { root } from './folders.ts';
import type { Program } from './programs.ts';
import type { Target } from './targets.ts';
import { thirdPartyLicences } from './third-party-licences.ts';
import type { ZipEntry } from './zip.ts';

/** What goes with an executable: our licence, those of others, and the bill of materials. */
export async function papersOf(program: Program, target: Target): Promise<ZipEntry[]> {
  const packages = await bundledPackages(program, target);
  return [
    { name: 'LICENSE', bytes: await readFile(join(root, 'LICENSE')) },
    { name: 'THIRD-PARTY-LICENCES.txt', bytes: Buffer.from(thirdPartyLicences(packages)) },
    { name: 'sbom.cdx.json', bytes: Buffer.from(billOfMaterials(program.name, semver, packages)) },
  ];
}
