import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { makeExecutable } from './make-executable.ts';
import type { papersOf } from './papers.ts';
import type { Program } from './programs.ts';
import type { Target } from './targets.ts';
import type { ZipEntry } from './zip.ts';
import { zipOnce } from './zip-once.ts';

/** How a delivery is called, and what it is made of. */
export interface Delivery {
  zip: string;
  program(target: Target): Promise<Program>;
  entries(parts: { executable: string; papers: ZipEntry[] }, target: Target): Promise<ZipEntry[]>;
}

/** Whoever makes a delivery, and where it goes. */
interface Workshop {
  makeExecutable: typeof makeExecutable;
  papersOf: typeof papersOf;
  out: string;
}

/** Makes one. Each of its two long steps, the executable and the packing, is announced before it begins: together they take a minute. */
export async function deliver(delivery: Delivery, target: Target, { out, ...workshop }: Workshop): Promise<void> {
  const name = `${delivery.zip}-${target.os}.zip`;
  const stopwatch = startWatch();
  console.log(`${name}: making the executable ...`);
  const program = await delivery.program(target);
  const { file: executable, folder, made } = await workshop.makeExecutable(program, target);
  console.log(made ? `  executable made, ${stopwatch()}; packing ...` : '  nothing of it has changed');
  const papers = await workshop.papersOf(program, target);
  const entries = await delivery.entries({ executable, papers }, target);
  const packed = await zipOnce(entries, folder);
  const file = join(out, name);
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
