import { chownSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFile, syncFolder } from './journal-files.ts';
import { giveSecondName } from './second-names.ts';

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
