import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { ListedPort, PortWorld } from '../../src/ports/port-world.ts';

/** A device that a test plugs in. */
export interface MadeUpDevice {
  name: string;
  vendorId?: string;
  productId?: string;
  product?: string;
  byId?: string;
  /** Of the UART: 0 where the kernel found none. */
  type?: number;
}

/** A machine of files under a directory of its own. */
export interface MadeUpMachine extends PortWorld {
  plugIn(device: MadeUpDevice): void;
  file(path: string, text: string): void;
  link(path: string, target: string): void;
  remove(): void;
}

export function madeUpMachine(platform: NodeJS.Platform = 'linux', listed?: ListedPort[]): MadeUpMachine {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'machine-')));
  const file = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const link = (path: string, target: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(relative(dirname(join(root, path)), join(root, target)), join(root, path));
  };
  return {
    platform,
    root,
    userName: 'cashier',
    // What serialport says where there is no udevadm.
    systemList: async () => listed ?? Promise.reject(new Error('spawn udevadm ENOENT')),
    file,
    link,
    plugIn({ name, vendorId, productId, product, byId, type }) {
      file(`dev/${name}`, '');
      if (byId !== undefined) link(`dev/serial/by-id/${byId}`, `dev/${name}`);
      if (type !== undefined) file(`sys/class/tty/${name}/type`, `${type}\n`);
      if (vendorId === undefined) return;
      // The kernel's own shape: the USB device, its interface, and under it (usb-serial drivers only) the port.
      const usbDevice = `sys/devices/usb1/${name}`;
      const held = name.startsWith('ttyUSB') ? `${usbDevice}/1-1:1.0/${name}` : `${usbDevice}/1-1:1.0`;
      mkdirSync(join(root, held), { recursive: true });
      file(`${usbDevice}/idVendor`, `${vendorId}\n`);
      file(`${usbDevice}/idProduct`, `${productId}\n`);
      if (product !== undefined) file(`${usbDevice}/product`, `${product}\n`);
      link(`sys/class/tty/${name}/device`, held);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
