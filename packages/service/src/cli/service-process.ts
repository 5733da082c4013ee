import { readFileSync, statSync } from 'node:fs';
import type { Holder } from '../journal/already-running.ts';
import { lockFile, whoHolds } from '../journal/data-folder-lock.ts';

/**
 * The service of a data folder, where it is certain which process that is: the one it says itself, and the system that it has
 * the lock. What it says alone proves nothing: one that was killed may have said it, and another program have its number now.
 * Only Linux tells who has a lock: elsewhere it is undefined, and so where Linux names a file by another number.
 */
export function certainService(dataFolder: string): Holder | undefined {
  const holder = whoHolds(dataFolder);
  // Without a port it is a command that puts the journal aside, say.
  if (holder?.port === undefined) return undefined;
  const [inode, locks] = [inodeOf(lockFile(dataFolder)), textOf('/proc/locks')];
  return inode !== undefined && whoLocks(inode, locks).includes(holder.pid) ? holder : undefined;
}

/** `1: POSIX  ADVISORY  WRITE 4711 fe:00:5342879 1073741824 1073742335` (proc_locks(5)). */
const LOCK = /^\d+: POSIX +ADVISORY +WRITE +(\d+) [\da-f]+:[\da-f]+:(\d+) /gm;

/** The processes that write-lock the file of this inode, as SQLite does; those that only wait for it are not among them. */
export function whoLocks(inode: bigint, locks: string): number[] {
  return [...locks.matchAll(LOCK)].filter(([, , of]) => BigInt(of ?? '') === inode).map(([, pid]) => Number(pid));
}

/** It is not opened: whoever closes a file that he has locked loses the lock. */
function inodeOf(file: string): bigint | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
