import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { journalLimits } from './journal-limits.ts';

/** On POSIX closing any handle of a file gives SQLite's locks on it away (https://www.sqlite.org/howtocorrupt.html, 2.2). */
const KEPT_OPEN = process.platform !== 'win32';
/** Open until the process ends, even where the thread ends before (KEPT_HANDLES). */
const handles = new Map<string, number>();

/**
 * Reads a database and its log from the disk, and throws the system's own error where that fails. SQLite says of an EIO that
 * the file is malformed (os_unix.c makes it SQLITE_IOERR_CORRUPTFS, and the engine SQLITE_CORRUPT of that), which is damage;
 * only this tells a disk that does not let the file be read from a file that reads wrong.
 */
export function readThrough(file: string): void {
  const block = Buffer.allocUnsafe(journalLimits.readAtOnceBytes);
  for (const path of [file, `${file}-wal`]) {
    if (!existsSync(path)) continue;
    const handle = handles.get(path) ?? openSync(path, 'r');
    if (KEPT_OPEN) handles.set(path, handle);
    for (let at = 0, read = -1; read !== 0; at += read) read = readSync(handle, block, 0, block.length, at);
    if (!KEPT_OPEN) closeSync(handle);
  }
}
