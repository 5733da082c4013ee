import { readlinkSync, unlinkSync } from 'node:fs';
import { lstat, rename, symlink } from 'node:fs/promises';

/** A symbolic link that keeps its name while the device behind it changes, as /dev/serial/by-id does. */
export async function pointLink(link: string, target: string): Promise<void> {
  const there = await lstat(link).catch(() => undefined);
  if (there !== undefined && !there.isSymbolicLink()) {
    throw new Error(`${link} exists and is not a symbolic link: choose another name with --link`);
  }
  const fresh = `${link}.${process.pid}`;
  await symlink(target, fresh);
  await rename(fresh, link);
}

/** Removes the link where it still points to `target`: by now it may be another simulator's. */
export function removeLink(link: string, target: string): void {
  try {
    if (readlinkSync(link) === target) unlinkSync(link);
  } catch {
    // It is not there, or is no link.
  }
}
