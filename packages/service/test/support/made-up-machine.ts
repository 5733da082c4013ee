import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import type { ListedPort, PortWorld } from '../../src/terminal/port-world.ts';

export interface MadeUpDevice {
  /** Under /dev. */
  name: string;
  vendorId?: string;
  productId?: string;
  serial?: string;
  byId?: string;
  /** What opens when it is opened: a pseudo-terminal. */
  opens?: string;
}

/** A machine of files under a directory of its own: what a test plugs into it is found there. */
export interface MadeUpMachine extends PortWorld {
  plugIn(device: MadeUpDevice): void;
  /** Its names go with it, as udev sees to that. */
  unplug(name: string): void;
  file(path: string, text: string): void;
  link(path: string, target: string): void;
  remove(): void;
}

export function madeUpMachine(
  platform: NodeJS.Platform = 'linux',
  listPorts: () => Promise<ListedPort[]> = () => Promise.reject(new Error('spawn udevadm ENOENT')),
): MadeUpMachine {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'machine-')));
  const inFolder = (path: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    return join(root, path);
  };
  const file = (path: string, text: string) => writeFileSync(inFolder(path), text);
  const link = (path: string, target: string) =>
    symlinkSync(relative(dirname(join(root, path)), join(root, target)), inFolder(path));
  const byIdFolder = join(root, 'dev/serial/by-id');
  return {
    platform,
    root,
    userName: 'cashier',
    listPorts,
    file,
    link,
    plugIn({ name, vendorId, productId, serial, byId, opens }) {
      if (opens === undefined) file(`dev/${name}`, '');
      else symlinkSync(opens, inFolder(`dev/${name}`));
      if (byId !== undefined) link(`dev/serial/by-id/${byId}`, `dev/${name}`);
      if (vendorId === undefined) return;
      // The kernel's own shape: the USB device, its interface, and under it (usb-serial drivers only) the port.
      const usbDevice = `sys/devices/usb1/${name}`;
      const held = name.startsWith('ttyUSB') ? `${usbDevice}/1-1:1.0/${name}` : `${usbDevice}/1-1:1.0`;
      mkdirSync(join(root, held), { recursive: true });
      file(`${usbDevice}/idVendor`, `${vendorId}\n`);
      file(`${usbDevice}/idProduct`, `${productId}\n`);
      if (serial !== undefined) file(`${usbDevice}/serial`, `${serial}\n`);
      link(`sys/class/tty/${name}/device`, held);
    },
    unplug(name) {
      for (const byId of existsSync(byIdFolder) ? readdirSync(byIdFolder) : []) {
        if (basename(readlinkSync(join(byIdFolder, byId))) === name) rmSync(join(byIdFolder, byId));
      }
      for (const path of ['dev', 'sys/class/tty', 'sys/devices/usb1']) {
        rmSync(join(root, path, name), { recursive: true, force: true });
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
