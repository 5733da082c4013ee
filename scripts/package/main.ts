import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksums } from './checksums.ts';
import { deliver } from './deliver.ts';
import { connectorDelivery, simulatorDelivery } from './deliveries.ts';
import { folders } from './folders.ts';
import { makeExecutable } from './make-executable.ts';
import { papersOf } from './papers.ts';
import { connectorProgram, simulatorProgram } from './programs.ts';
import { isOs, type Os, targets } from './targets.ts';

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
    for (const delivery of deliveries)
      await deliver(delivery, targets[os], { makeExecutable, papersOf, out: folders.out });
  }
  await writeFile(join(folders.out, 'SHA256SUMS'), await checksums(folders.out));
}

await main(process.argv.slice(2));
