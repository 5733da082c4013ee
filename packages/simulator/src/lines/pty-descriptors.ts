import type { StdioOptions } from 'node:child_process';
import { openSync } from 'node:fs';

/**
 * node-pty opens its descriptors without O_CLOEXEC, so that every child process inherits them; and while a child holds
 * our end of a pseudo-terminal, closing it here hangs up nobody: the register would never notice that the cable is out.
 */
const open = new Set<number>();
type Stdio = 'ignore' | 'inherit' | 'pipe' | number;
let devNull: number | undefined;

export function ptyOpened(...descriptors: number[]): void {
  for (const descriptor of descriptors) open.add(descriptor);
}

export function ptyClosed(...descriptors: number[]): void {
  for (const descriptor of descriptors) open.delete(descriptor);
}

/**
 * The `stdio` with which a process that runs a simulated terminal starts its children: what is given for the first three
 * descriptors, and nothing of a pseudo-terminal.
 */
export function stdioWithoutPtys(first: [Stdio, ...Stdio[]]): StdioOptions {
  if (open.size === 0) return first;
  devNull ??= openSync('/dev/null', 'r+');
  const stdio: Stdio[] = [...first];
  for (let descriptor = first.length; descriptor <= Math.max(...open); descriptor++) {
    // Beyond the first three 'ignore' leaves a descriptor as it is.
    stdio.push(open.has(descriptor) ? devNull : 'ignore');
  }
  return stdio;
}
