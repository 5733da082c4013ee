import { createRequire } from 'node:module';

/** What we use of node-pty's native module. */
export interface PtyAddon {
  open(columns: number, rows: number): { master: number; slave: number; pty: string };
}

/** In the executable, which has no folder of modules, another one stands for this (scripts/package). */
export function ptyAddon(): PtyAddon {
  return createRequire(import.meta.url)(`@lydell/node-pty-linux-${process.arch}/pty.node`) as PtyAddon;
}
