import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { terminalMaker, type UsbId } from '@hipay-ecr/shared/known-terminals.ts';
import type { ListedPort, PortWorld } from './port-world.ts';

/** A serial port that is there. */
export interface FoundPort {
  path: string;
  /** As stable as the system can tell: it stays when the port's number changes. */
  identity: string;
  usb?: UsbId;
  /** Set where its USB identity is that of a payment terminal. */
  terminalMaker?: string;
}

/**
 * The serial ports that are plugged in. On Linux the files are read, since serialport's own list needs udevadm, which a
 * container or a small system does not have.
 */
export async function listPorts(world: PortWorld): Promise<FoundPort[]> {
  if (world.platform !== 'linux') return (await world.listPorts()).map(fromListed);
  const byId = await byIdNames(world);
  const numbered = (await namesIn(join(world.root, 'dev'))).filter((name) => /^tty(ACM|USB)\d+$/.test(name));
  const names = new Set([...numbered, ...byId.keys()]);
  const ports = [...names].toSorted().map(async (name) => {
    return found(`/dev/${name}`, await readUsb(name, world), byId.get(name));
  });
  return Promise.all(ports);
}

function fromListed({ path, vendorId, productId, serialNumber, pnpId }: ListedPort): FoundPort {
  if (vendorId === undefined || productId === undefined) return { path, identity: pnpId ?? path };
  const usb = { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase(), serial: serialNumber };
  return found(path, usb, pnpId);
}

function found(path: string, usb: (UsbId & { serial?: string | undefined }) | undefined, name?: string): FoundPort {
  if (usb === undefined) return { path, identity: name ?? path };
  const { vendorId, productId, serial } = usb;
  const maker = terminalMaker(usb);
  return {
    path,
    identity: name ?? [vendorId, productId, serial].filter((part) => part).join(':'),
    usb: { vendorId, productId },
    ...(maker !== undefined && { terminalMaker: maker }),
  };
}

/** The stable names that udev keeps under /dev/serial/by-id, by the name of the device that each points to. */
async function byIdNames(world: PortWorld): Promise<Map<string, string>> {
  const folder = join(world.root, 'dev/serial/by-id');
  const names = new Map<string, string>();
  for (const name of (await namesIn(folder)).toSorted()) {
    const target = await readlink(join(folder, name)).catch(() => undefined);
    if (target !== undefined && !names.has(basename(target))) names.set(basename(target), name);
  }
  return names;
}

/** Climbs from the interface that the driver holds to the USB device, which alone has the identity. */
async function readUsb(name: string, world: PortWorld): Promise<(UsbId & { serial?: string }) | undefined> {
  const start = await realpath(join(world.root, 'sys/class/tty', name, 'device')).catch(() => undefined);
  if (start === undefined) return undefined;
  for (let folder = start, level = 0; level < 4; level++, folder = dirname(folder)) {
    const vendorId = await readWord(join(folder, 'idVendor'));
    const productId = await readWord(join(folder, 'idProduct'));
    if (vendorId === undefined || productId === undefined) continue;
    const serial = await readWord(join(folder, 'serial'));
    return { vendorId, productId, ...(serial !== undefined && { serial }) };
  }
  return undefined;
}

async function readWord(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim() || undefined;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
