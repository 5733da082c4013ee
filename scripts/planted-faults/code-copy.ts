import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = ['packages', 'scripts', 'package.json', 'jest.config.js', 'tsconfig.json', 'docs'];
/** The packages of this repository, which npm links into node_modules: the copy must find its own. */
const OWN_SCOPE = '@hipay-ecr';

/** One piece of the source that is exchanged for another. */
export interface Change {
  file: string;
  from: string;
  to: string;
}

/** A fault is planted in the one place that it was written for: its text must stand there once. */
export function timesIn(source: string, text: string): number {
  return source.split(text).length - 1;
}

/** A copy of the sources in a folder of its own, over the same installed dependencies, to be changed and run. */
export class CodeCopy {
  readonly folder: string;

  static async make(): Promise<CodeCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'planted-'));
    for (const name of COPIED) {
      await cp(join(root, name), join(folder, name), {
        recursive: true,
        filter: (source) => !source.includes('node_modules'),
      });
    }
    await linkDependencies(folder);
    return new CodeCopy(folder);
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the changes; rejects where the source is no longer what a change was written for. */
  async plant(changes: readonly Change[]): Promise<void> {
    for (const { file, from, to } of changes) {
      const path = join(this.folder, file);
      const text = await readFile(path, 'utf8');
      const found = timesIn(text, from);
      if (found !== 1) {
        throw new Error(
          `${file}: expected to find this text once, found it ${found} times; write the fault anew:\n${from}`,
        );
      }
      await writeFile(
        path,
        text.replace(from, () => to),
      );
    }
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

async function linkDependencies(folder: string): Promise<void> {
  const [here, there] = [join(root, 'node_modules'), join(folder, 'node_modules')];
  await mkdir(join(there, OWN_SCOPE), { recursive: true });
  for (const name of await readdir(here)) {
    if (name !== OWN_SCOPE) await symlink(join(here, name), join(there, name));
  }
  for (const name of await readdir(join(folder, 'packages'))) {
    await symlink(join(folder, 'packages', name), join(there, OWN_SCOPE, name));
  }
}
