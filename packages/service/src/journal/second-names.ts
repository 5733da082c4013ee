import { copyFileSync, linkSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isNameAside, syncFile } from './journal-files.ts';

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

/**
 * A command that was killed before the new journal stood in the old one's place leaves the one at work under a second name, by
 * which a person would delete it, or keep it for an older one.
 */
export function removeSecondNames(file: string): void {
  const journal = statSync(file, { bigint: true });
  if (journal.nlink === 1n) return;
  const folder = dirname(file);
  for (const name of readdirSync(folder).filter(isNameAside)) {
    const { dev, ino } = statSync(join(folder, name), { bigint: true });
    if (dev === journal.dev && ino === journal.ino) rmSync(join(folder, name));
  }
}
