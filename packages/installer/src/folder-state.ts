import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What is to be known of a folder before something is installed into it. */
export type FolderState =
  | { at: 'good' }
  /** It, or a part of its path, is there and is something else. */
  | { at: 'not_a_folder'; path: string }
  | { at: 'not_writable'; path: string }
  | { at: 'no_room'; freeBytes: number; neededBytes: number };

/** Two programs of 130 MB while one takes the other's place, and room for the journal. */
const NEEDED_BYTES = 400 * 1024 * 1024;

/** Looks at an absolute path: the folder itself, or the nearest that is there. */
export async function folderState(path: string): Promise<FolderState> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => error.code);
  if (facts === 'ENOENT' && dirname(path) !== path) return folderState(dirname(path));
  if (facts === 'ENOTDIR') return folderState(dirname(path));
  if (typeof facts !== 'object') return { at: 'not_writable', path };
  if (!facts.isDirectory()) return { at: 'not_a_folder', path };
  const mayWrite = await access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!mayWrite) return { at: 'not_writable', path };
  const { bavail, bsize } = await statfs(path);
  const freeBytes = bavail * bsize;
  return freeBytes < NEEDED_BYTES ? { at: 'no_room', freeBytes, neededBytes: NEEDED_BYTES } : { at: 'good' };
}
