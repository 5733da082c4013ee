import { execFile, type SpawnOptions, spawn } from 'node:child_process';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { folders, root } from './folders.ts';

// Packs the sources as they stand here once more, as somebody else would: in another folder, time zone and language, with another
// home and other rights on new files. Each delivery in out/ of the systems that are named (default: all) has to come out the same.
// Linux: what npm has installed and fetched is not copied but linked.

const elsewhere = join(root, '.cache', 'another folder');
const checkout = join(elsewhere, 'chez quelqu\u2019un d\u2019autre');
const systems = process.argv.slice(2);

try {
  await rm(elsewhere, { recursive: true, force: true });
  await copySources();
  await linkWhatIsInstalled();
  await packThere();
  await compare();
} finally {
  await rm(elsewhere, { recursive: true, force: true });
}

/** What git knows or would be told of, as it stands. */
async function copySources(): Promise<void> {
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { stdout } = await promisify(execFile)('git', listed, { cwd: root, maxBuffer: 10_000_000 });
  for (const file of stdout.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(checkout, file)), { recursive: true });
    // One that was removed, and is still known.
    await cp(join(root, file), join(checkout, file)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}

async function linkWhatIsInstalled(): Promise<void> {
  await mkdir(join(checkout, '.cache'));
  const link = (from: string, to: string) => run('cp', ['--archive', '--link', from, to], {});
  await link(join(root, 'node_modules'), checkout);
  await link(folders.fetched, join(checkout, '.cache')).catch(() => undefined);
}

async function packThere(): Promise<void> {
  const home = join(elsewhere, 'home');
  await mkdir(home);
  const env = { PATH: process.env.PATH, HOME: home, TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', USER: 'another' };
  const command = 'umask 077; exec "$0" scripts/package/main.ts "$@"';
  await run('sh', ['-c', command, process.execPath, ...systems], { cwd: checkout, env });
}

async function compare(): Promise<void> {
  const [here, there] = await Promise.all(
    [root, checkout].map((folder) => readFile(`${folder}/out/SHA256SUMS`, 'utf8')),
  );
  const ours = new Set(here?.split('\n'));
  const made = (there ?? '').split('\n').filter(Boolean);
  for (const line of made) console.log(`${ours.has(line) ? 'the same    ' : 'NOT THE SAME'}  ${line}`);
  if (made.length === 0 || !made.every((line) => ours.has(line))) process.exitCode = 1;
}

function run(command: string, args: string[], options: SpawnOptions): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status) => (status === 0 ? resolve() : reject(new Error(`${command} has ended with ${status}`))));
  });
}
