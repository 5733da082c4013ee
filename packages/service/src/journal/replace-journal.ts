import {
  chownSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './journal-files.ts';

/**
 * Puts a journal that was made whole in the place of another, which stays under the name `aside`. At each moment one of the
 * two stands under the journal's name: without one, a service would begin an empty journal. Where the disk does not keep
 * it, the old one stands there again.
 */
export function replaceJournal(file: string, { by, aside }: { by: string; aside: string }): void {
  // Whoever runs the command, the file stays the service's.
  const { uid, gid } = statSync(file);
  chownSync(by, uid, gid);
  syncFile(by);
  giveSecondName(file, aside, `${by}.copy`);
  const folder = dirname(file);
  try {
    syncFolder(folder);
    renameSync(by, file);
  } catch (cause) {
    rmSync(aside, { force: true });
    throw cause;
  }
  try {
    syncFolder(folder);
  } catch (cause) {
    renameSync(aside, file);
    throw cause;
  }
}

/**
 * A file system that has no second names (FAT), or no more of them, says so in one of these words; EISDIR is libuv's for
 * ERROR_INVALID_FUNCTION (src/win/error.c).
 */
const HAS_NO_LINKS = [
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EXDEV',
  ...(process.platform === 'win32' ? ['EISDIR'] : []),
];

/** `copy`: a name for what is not whole yet. */
export function giveSecondName(file: string, name: string, copy: string, link = linkSync): void {
  try {
    link(file, name);
  } catch (cause) {
    if (!HAS_NO_LINKS.includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    copyFileSync(file, copy);
    syncFile(copy);
    renameSync(copy, name);
  }
}

function syncFile(file: string): void {
  // Windows syncs only what may be written.
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
