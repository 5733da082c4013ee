import { statSync } from 'node:fs';
import { dirname } from 'node:path';

const OTHERS = 0o077;

/** Whose rights are looked at: this process's, where the system has users. */
interface Rights {
  platform: NodeJS.Platform;
  /** Undefined on Windows, where access lists say who reads what. */
  getuid?: (() => number) | undefined;
}

/** A sentence where others than its owner can read the configuration, with the command that mends it. */
export function readableByOthers(configFile: string, { platform }: Rights): string[] {
  if (platform === 'win32' || (statSync(configFile).mode & OTHERS) === 0) return [];
  return [`${configFile} holds passwords and can be read by others: 'chmod 600 ${quoted(configFile)}' mends it.`];
}

/** All that leaves a service more open than it must be. */
export function exposures(configFile: string, rights: Rights): string[] {
  const folder = quoted(dirname(configFile));
  const asRoot = `The service runs as root, and needs no right of root's: stop it, 'chown -R USER ${folder}' for a user of its own, and start it as that user.`;
  return [...readableByOthers(configFile, rights), ...(rights.getuid?.() === 0 ? [asRoot] : [])];
}

/** As a shell takes it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
