import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PortWorld } from './port-world.ts';

/** Of the kernel's terminals those that are screens and keyboards of the machine itself. */
const CONSOLE = /\/virtual\/tty\/(tty\d*|console|ptmx)$/;

/**
 * Whether something is there that can be no serial port: a file, a folder, a device of another kind. It is not opened, which may do
 * something to it (a watchdog begins to count); the tree of devices tells (sysfs(5)). What that does not know may be one, as are the
 * pseudo-terminals of a simulated terminal.
 */
export async function isNoSerialPort(
  path: string,
  { platform, root }: Pick<PortWorld, 'platform' | 'root'>,
): Promise<boolean> {
  if (platform === 'win32' || !path.startsWith('/')) return false;
  const facts = await stat(join(root, path)).catch(() => undefined);
  if (facts === undefined) return false;
  if (!facts.isCharacterDevice()) return true;
  const known = join(root, 'sys/dev/char', numbersOf(facts.rdev));
  const device = await realpath(known).catch(() => undefined);
  return device !== undefined && (!device.includes('/tty/') || CONSOLE.test(device));
}

/** `major:minor`, parted as makedev(3) of Linux puts them together. */
function numbersOf(rdev: number): string {
  const device = BigInt(rdev);
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn & 0xffffffffn);
  return `${major}:${minor}`;
}
