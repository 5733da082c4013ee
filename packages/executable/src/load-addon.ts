import { homedir, tmpdir } from 'node:os';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { addonFolders, FOLDER_VARIABLE } from './addon-folders.ts';
import { placeAddon } from './place-addon.ts';

/**
 * Loads a native module that the executable brings. The operating system loads such modules from files alone, so it is put into a
 * folder that nobody else can write to; where that is not possible, or nothing may be loaded from there (noexec), into the next one.
 */
export function loadAddon(name: string, bytes: Uint8Array, folders: readonly string[] = ourFolders()): unknown {
  const obstacles: string[] = [];
  for (const folder of folders) {
    try {
      const module = { exports: {} };
      process.dlopen(module, placeAddon(folder, name, bytes));
      return module.exports;
    } catch (error) {
      obstacles.push(`${folder}: ${firstLine(error)}`);
    }
  }
  throw new OperatingError(
    '1004',
    `The native module ${name} of this program can be loaded from none of its folders (${obstacles.join('; ')}). Make one of them ` +
      `writable and executable for this user, or name another one in ${FOLDER_VARIABLE}.`,
  );
}

function ourFolders(): string[] {
  const { platform, env: environment, execPath } = process;
  return addonFolders({
    ...{ platform, environment, execPath },
    homeFolder: homedir(),
    tempFolder: tmpdir(),
    uid: process.getuid?.(),
  });
}

function firstLine(error: unknown): string {
  return String((error as Partial<Error> | null)?.message ?? error).split('\n')[0] ?? '';
}
