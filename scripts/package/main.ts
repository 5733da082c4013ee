import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksums } from './checksums.ts';
import { connectorDelivery, simulatorDelivery } from './deliveries.ts';
import { folders } from './folders.ts';
import { makeExecutable } from './make-executable.ts';
import { papersOf } from './papers.ts';
import { connectorProgram, simulatorProgram } from './programs.ts';
import { isOs, type Os, type Target, targets } from './targets.ts';
import { zipOnce } from './zip-once.ts';

const USAGE = `Usage: npm run package [-- OS...]
Makes the deliveries in out/: setup-concertv2-OS.zip and ecr-simulator-OS.zip, with SHA256SUMS.
OS: ${Object.keys(targets).join(', ')} (default: all)`;

/** The deliveries of one system: how each is called, what it is made of. */
const deliveries = [
  { zip: 'setup-concertv2', program: connectorProgram, entries: connectorDelivery },
  { zip: 'ecr-simulator', program: simulatorProgram, entries: simulatorDelivery },
] as const;

async function main(words: string[]): Promise<void> {
  const unknown = words.filter((word) => !isOs(word));
  if (unknown.length > 0) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const wanted = (words.length > 0 ? words : Object.keys(targets)) as Os[];
  await mkdir(folders.out, { recursive: true });
  for (const os of wanted) {
    for (const delivery of deliveries) await deliver(delivery, targets[os]);
  }
  await writeFile(join(folders.out, 'SHA256SUMS'), await checksums(folders.out));
}

async function deliver(delivery: (typeof deliveries)[number], target: Target): Promise<void> {
  const name = `${delivery.zip}-${target.os}.zip`;
  const stopwatch = startWatch();
  console.log(`${name}: making the executable ...`);
  const program = await delivery.program(target);
  const { file: executable, folder, made } = await makeExecutable(program, target);
  console.log(made ? `  executable made, ${stopwatch()}; packing ...` : '  nothing of it has changed');
  const entries = await delivery.entries({ executable, papers: await papersOf(program, target) }, target);
  const packed = await zipOnce(entries, folder);
  const file = join(folders.out, name);
  if (!(await isThere(file, packed))) {
    await writeFile(`${file}.new`, packed);
    await rename(`${file}.new`, file);
  }
  console.log(`  ${entries.length} files, ${(packed.length / 1e6).toFixed(1)} MB, ${stopwatch()}`);
}

async function isThere(file: string, bytes: Buffer): Promise<boolean> {
  return readFile(file).then(
    (found) => found.equals(bytes),
    () => false,
  );
}

function startWatch(): () => string {
  const startedMs = performance.now();
  return () => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
}

await main(process.argv.slice(2));
