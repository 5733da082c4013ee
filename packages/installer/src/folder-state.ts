import { access, constants, readFile, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What is to be known of a folder before something is installed into it. */
export type FolderState =
  | { at: 'good' }
  /** It, or a part of its path, is there and is something else. */
  | { at: 'not_a_folder'; path: string }
  | { at: 'not_writable'; path: string }
  /** A script of another program has the name of one of ours. */
  | { at: 'taken'; path: string }
  | { at: 'no_room'; freeBytes: number; neededBytes: number };

export const folderLimits = {
  /** Two programs of 130 MB while one takes the other's place, and room for the journal. */
  neededBytes: 400 * 1024 * 1024,
  /** None of our scripts has as much. */
  scriptBytes: 64 * 1024,
} as const;

/** Looks at an absolute path. */
export async function folderState(path: string, neededBytes: number = folderLimits.neededBytes): Promise<FolderState> {
  const state = await nearestState(path, neededBytes);
  const script = state.at === 'good' ? await othersScript(path) : undefined;
  return script === undefined ? state : { at: 'taken', path: script };
}

/** Of the folder itself, or of the nearest that is there. */
async function nearestState(path: string, neededBytes: number): Promise<FolderState> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => error.code);
  if (facts === 'ENOENT' && dirname(path) !== path) return nearestState(dirname(path), neededBytes);
  if (facts === 'ENOTDIR') return nearestState(dirname(path), neededBytes);
  if (typeof facts !== 'object') return { at: 'not_writable', path };
  if (!facts.isDirectory()) return { at: 'not_a_folder', path };
  const mayWrite = await access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!mayWrite) return { at: 'not_writable', path };
  const { bavail, bsize } = await statfs(path);
  const freeBytes = bavail * bsize;
  return freeBytes < neededBytes ? { at: 'no_room', freeBytes, neededBytes } : { at: 'good' };
}

const SCRIPTS = ['launch.sh', 'launch.cmd', 'always-up.sh', 'always-up.cmd'];

/** Ours, and those of the original connector, name what they start; beside an installation there are no others. */
async function othersScript(folder: string): Promise<string | undefined> {
  const there = await stat(join(folder, 'hipay', 'ecr-connector')).catch(() => undefined);
  if (there?.isDirectory()) return undefined;
  for (const script of SCRIPTS.map((name) => join(folder, name))) {
    const facts = await stat(script).catch(() => undefined);
    if (!facts?.isFile()) continue;
    const text = facts.size > folderLimits.scriptBytes ? '' : await readFile(script, 'utf8').catch(() => undefined);
    if (text !== undefined && !/tp-manager|ecr-connector/.test(text)) return script;
  }
  return undefined;
}
