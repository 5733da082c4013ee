import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `sha256sum --check` reads, of each zip in this folder. */
export async function checksums(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.zip')).sort();
  const lines = names.map(async (name) => {
    const digest = createHash('sha256').update(await readFile(join(folder, name)));
    return `${digest.digest('hex')}  ${name}\n`;
  });
  return (await Promise.all(lines)).join('');
}
