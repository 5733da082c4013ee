import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ZipEntry, zip } from './zip.ts';

/** Packing takes longer than all the rest: what was packed into this folder of the same entries before is taken as it is. */
export async function zipOnce(entries: readonly ZipEntry[], folder: string): Promise<Buffer> {
  const zipSource = await readFile(new URL('zip.ts', import.meta.url));
  const digest = createHash('sha256').update(zipSource);
  for (const { name, bytes, executable = false } of entries) {
    digest.update(JSON.stringify([name, bytes.length, executable])).update(bytes);
  }
  const file = join(folder, `${digest.digest('hex').slice(0, 16)}.zip`);
  if (existsSync(file)) return readFile(file);
  const packed = await zip(entries);
  await writeFile(`${file}.new`, packed);
  await rename(`${file}.new`, file);
  return packed;
}
