import { execFile } from 'node:child_process';
import { closeSync } from 'node:fs';
import { promisify } from 'node:util';
import { ptyAddon } from './pty-addon.ts';
import { ptyClosed, ptyOpened } from './pty-descriptors.ts';

/** A pseudo-terminal: what is written to one end is read at the other. */
export interface Pty {
  /** Our end's file descriptor; it does not block. */
  master: number;
  /** The other end's, kept open: without it our end reads EIO while no register is there. */
  slave: number;
  /** The other end's path. */
  path: string;
}

/** Opens a raw pseudo-terminal, without a process on it (Linux only). */
export async function openPty(): Promise<Pty> {
  if (process.platform !== 'linux') {
    throw new Error(`a simulated serial port needs Linux, and this is ${process.platform}: use --tcp PORT`);
  }
  const { master, slave, pty: path } = ptyAddon().open(80, 24);
  ptyOpened(master, slave);
  try {
    // As it is born it echoes, and turns CR into LF: our own ENQ would come back as the register's.
    await promisify(execFile)('stty', ['-F', path, 'raw', '-echo']);
  } catch (cause) {
    closePty({ master, slave, path });
    throw new Error(`'stty -F ${path} raw -echo' failed: is coreutils installed?`, { cause });
  }
  return { master, slave, path };
}

/** Closes both ends; `closeMaster` closes ours where something else than the bare descriptor has it. */
export function closePty({ master, slave }: Pty, closeMaster: () => void = () => closeSync(master)): void {
  ptyClosed(master, slave);
  closeMaster();
  closeSync(slave);
}
