import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folders } from './folders.ts';
import { locked, npmPackage } from './npm-package.ts';
import type { Program } from './programs.ts';
import { type Target, targets } from './targets.ts';

export interface Executable {
  file: string;
  /** What else was made of the same parts stands here. */
  folder: string;
}

const runPkg = fileURLToPath(new URL('run-pkg.js', import.meta.url));

/**
 * The program with Node around it, by pkg. What was made from the very same parts before is taken as it is: `made` tells which
 * it was.
 */
export async function makeExecutable(program: Program, target: Target): Promise<Executable & { made: boolean }> {
  const node = await locked(target.nodePackage);
  const pkg = await locked('@yao-pkg/pkg');
  const digest = digestOf(program, [target.os, node.integrity, pkg.integrity, await readFile(runPkg)]);
  const folder = join(folders.made, `${program.name}-${target.os}-${digest}`);
  const executable = { file: join(folder, `${program.name}${target.exe}`), folder };
  if (existsSync(folder)) return { ...executable, made: false };

  const making = `${folder}.making`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  const main = join(making, `${program.name}.cjs`);
  await writeFile(main, program.code);
  const assets: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(program.assets)) {
    assets[name] = join(making, name);
    await writeFile(join(making, name), bytes);
  }
  const home = await primedHome([target, hostTarget()]);
  const made = join(making, `${program.name}${target.exe}`);
  const order = { main, assets, target: target.pkg, node: node.version, output: made };
  await run(process.execPath, [runPkg, JSON.stringify(order)], { HOME: home, USERPROFILE: home, TMPDIR: making });
  await rename(making, folder);
  return { ...executable, made: true };
}

/** Of everything that the bytes depend on. */
function digestOf(program: Program, more: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  const add = (part: string | Uint8Array): void => {
    hash.update(`${part.length} `).update(part);
  };
  for (const part of [...more, program.code]) add(part);
  for (const [name, bytes] of Object.entries(program.assets)) {
    add(name);
    add(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

function hostTarget(): Target {
  const host = Object.values(targets).find(
    ({ pkg }) => pkg === `${process.platform.replace('32', '')}-${process.arch}`,
  );
  if (host === undefined) throw new Error(`Executables cannot be made on ${process.platform} ${process.arch}.`);
  return host;
}

/** A home folder in which pkg finds the Nodes that it would fetch from elsewhere; they are the ones that package-lock.json holds. */
async function primedHome(wanted: Target[]): Promise<string> {
  const home = join(folders.made, 'home');
  for (const { pkg, nodePackage, nodeFile, exe } of wanted) {
    const node = `node-v${(await locked(nodePackage)).version}-${pkg}`;
    const cache = join(home, '.pkg-cache', 'sea');
    const binary = join(cache, ...(exe === '' ? [node, 'bin', 'node'] : [`${node}.exe`]));
    if (existsSync(`${binary}.ok`)) continue;
    await mkdir(dirname(binary), { recursive: true });
    await copyFile(join(await npmPackage(nodePackage), nodeFile), binary);
    const archive = join(cache, `${node}${exe === '' ? '.tar.gz' : '.zip'}`);
    for (const empty of [archive, `${archive}.ok`, `${binary}.ok`]) await writeFile(empty, '');
  }
  return home;
}

async function run(command: string, args: string[], more: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(command, args, { env: { ...process.env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  if (status !== 0) throw new Error(`pkg has failed (status ${status}):\n${said}`);
}
