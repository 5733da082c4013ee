import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts the module into the folder and gives its path. What is there is read, not trusted: a file that was cut off, or that
 * another program has changed, is replaced. The name goes by the content, so that a new version never meets an old one's file.
 */
export function placeAddon(folder: string, name: string, bytes: Uint8Array): string {
  makeOurs(folder);
  const file = join(folder, `${sha256(bytes).slice(0, 16)}-${name}`);
  if (isThere(file, bytes)) return file;
  const made = join(folder, `.${process.pid}-${name}`);
  rmSync(made, { force: true });
  try {
    writeFileSync(made, bytes, { mode: 0o700, flag: 'wx' });
    renameSync(made, file);
  } catch (error) {
    rmSync(made, { force: true });
    // On Windows a module that another of us has just loaded cannot be replaced; nor need it be.
    if (!isThere(file, bytes)) throw error;
  }
  return file;
}

/** Makes its last part alone: a home folder that is not there is not to be made, and in some (/proc) making several never ends. */
function makeOurs(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  // On Windows these folders have their access lists from those above them.
  if (process.platform === 'win32') return;
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Error('it is not a folder of this user');
  if ((found.mode & 0o022) !== 0) throw new Error('other users can write to it');
}

function isThere(file: string, bytes: Uint8Array): boolean {
  try {
    return lstatSync(file).isFile() && sha256(readFileSync(file)) === sha256(bytes);
  } catch {
    return false;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
