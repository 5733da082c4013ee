import {
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

export interface DeviceFile {
  /** Under /dev. */
  name: string;
  vendorId?: string | undefined;
  productId?: string | undefined;
  product?: string | undefined;
  serial?: string | undefined;
  byId?: string | undefined;
  /** Of the UART: 0 where the kernel found none. */
  type?: number | undefined;
  /** What opens when it is opened: a pseudo-terminal. */
  opens?: string | undefined;
}

/** The files in which Linux shows the devices that are plugged in, under a directory of their own, for tests. */
export class DeviceFiles {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'machine-')));

  readonly file = (path: string, text: string): void => writeFileSync(this.#inFolder(path), text);

  readonly link = (path: string, target: string): void =>
    symlinkSync(relative(dirname(join(this.root, path)), join(this.root, target)), this.#inFolder(path));

  readonly plugIn = ({ name, vendorId, productId, product, serial, byId, type, opens }: DeviceFile): void => {
    if (opens === undefined) this.file(`dev/${name}`, '');
    else symlinkSync(opens, this.#inFolder(`dev/${name}`));
    if (byId !== undefined) this.link(`dev/serial/by-id/${byId}`, `dev/${name}`);
    if (type !== undefined) this.file(`sys/class/tty/${name}/type`, `${type}\n`);
    if (vendorId === undefined) return;
    // The kernel's own shape: the USB device, its interface, and under it (usb-serial drivers only) the port.
    const usbDevice = `sys/devices/usb1/${name}`;
    const held = name.startsWith('ttyUSB') ? `${usbDevice}/1-1:1.0/${name}` : `${usbDevice}/1-1:1.0`;
    mkdirSync(join(this.root, held), { recursive: true });
    for (const [attribute, value] of Object.entries({ idVendor: vendorId, idProduct: productId, product, serial })) {
      if (value !== undefined) this.file(`${usbDevice}/${attribute}`, `${value}\n`);
    }
    this.link(`sys/class/tty/${name}/device`, held);
  };

  /** Its names go with it, as udev sees to that. */
  readonly unplug = (name: string): void => {
    const byIdFolder = join(this.root, 'dev/serial/by-id');
    mkdirSync(byIdFolder, { recursive: true });
    for (const byId of readdirSync(byIdFolder)) {
      if (basename(readlinkSync(join(byIdFolder, byId))) === name) rmSync(join(byIdFolder, byId));
    }
    for (const path of ['dev', 'sys/class/tty', 'sys/devices/usb1']) {
      rmSync(join(this.root, path, name), { recursive: true, force: true });
    }
  };

  readonly remove = (): void => rmSync(this.root, { recursive: true, force: true });

  #inFolder(path: string): string {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    return join(this.root, path);
  }
}
