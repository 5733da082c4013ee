import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { folders, root } from './folders.ts';

const run = promisify(execFile);

/** A package as package-lock.json holds it. */
export interface Locked {
  name: string;
  version: string;
  integrity: string;
}

/**
 * The folder of an npm package that this machine may not have installed, since it is for another system: the installed one, which npm
 * has held to package-lock.json; else one that is fetched, and held to it here.
 */
export async function npmPackage(name: string): Promise<string> {
  const wanted = await locked(name);
  const installed = join(root, 'node_modules', name);
  return (await versionIn(installed)) === wanted.version ? installed : fetchPackage(wanted, folders.fetched);
}

async function versionIn(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as Partial<Locked>).version;
}

/** Fetches it into a folder of its own below `into`, once. `npm` is the command that does it. */
export async function fetchPackage(
  { name, version, integrity }: Locked,
  into: string,
  npm: string = process.platform === 'win32' ? 'npm.cmd' : 'npm',
): Promise<string> {
  const folder = join(into, `${name.replaceAll('/', '+')}-${version}`);
  if (existsSync(folder)) return join(folder, 'package');
  const making = `${folder}.${process.pid}`;
  await mkdir(making, { recursive: true });
  try {
    const packed = ['pack', `${name}@${version}`, '--silent', '--pack-destination', making];
    const { stdout } = await run(npm, packed, { cwd: root, shell: process.platform === 'win32' });
    const archive = join(making, stdout.trim().split('\n').at(-1) ?? '');
    if (!matches(await readFile(archive), integrity)) {
      throw new Error(`${name}@${version} is not the one that package-lock.json means: its integrity is another one.`);
    }
    await run('tar', ['-xzf', archive, '-C', making]);
    await rm(archive);
    await rename(making, folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return join(folder, 'package');
}

/** What package-lock.json says of a package, at whatever place it stands. */
export async function locked(name: string): Promise<Locked> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Partial<Locked>>;
  };
  const { version, integrity } = packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined) throw new Error(`package-lock.json knows no ${name}.`);
  return { name, version, integrity };
}

/** As in package-lock.json: `sha512-` and the digest in base64. */
function matches(bytes: Uint8Array, integrity: string): boolean {
  const [algorithm = '', digest] = integrity.split('-');
  return createHash(algorithm).update(bytes).digest('base64') === digest;
}
