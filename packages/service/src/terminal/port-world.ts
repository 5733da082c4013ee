import { userInfo } from 'node:os';
import { join } from 'node:path';
import { loadOnce } from '@hipay-ecr/shared/load-once.ts';

/** A port as the operating system's own list names it (Windows, macOS). */
export interface ListedPort {
  path: string;
  vendorId?: string | undefined;
  productId?: string | undefined;
  serialNumber?: string | undefined;
  pnpId?: string | undefined;
}

/** The machine on which ports are looked for; a test makes up its own. */
export interface PortWorld {
  platform: NodeJS.Platform;
  /** `/`, or the directory of a made-up machine with its own `dev`, `sys` and `etc`. */
  root: string;
  /** Who runs the program. */
  userName: string;
  /** Not asked on Linux, where the tree of files tells the same without udev. */
  listPorts(): Promise<ListedPort[]>;
}

/** What a port's path is called for whoever opens it: on Windows it is a name, else a file of that machine. */
export function fileOf(path: string, { platform, root }: Pick<PortWorld, 'platform' | 'root'>): string {
  return platform === 'win32' ? path : join(root, path);
}

const serialport = loadOnce(() => import('serialport'));

export function realPortWorld(): PortWorld {
  return {
    platform: process.platform,
    root: '/',
    userName: userName(),
    async listPorts() {
      const { SerialPort } = await serialport();
      return SerialPort.list();
    },
  };
}

/** A user of a container may have a number only, which no list of users knows. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}
