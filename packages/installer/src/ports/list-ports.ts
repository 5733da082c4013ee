import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type PluggedPort, pluggedPort, terminalsFirst } from './plugged-port.ts';
import type { PortWorld } from './port-world.ts';

/** USB devices of the two classes, real serial ports of a PC, and those of small ARM boards. */
const SERIAL_NAME = /^tty(ACM|USB|S|AMA)\d+$/;
const BUILT_IN_NAME = /^tty(S|AMA)\d+$/;

/** Levels between what the driver holds and the USB device, which alone has the identity. */
const MOST_LEVELS = 4;

/** The serial ports of this machine, terminals first. */
export async function listPorts(world: PortWorld): Promise<PluggedPort[]> {
  const ports = world.platform === 'linux' ? await portsOfLinux(world) : await portsOfSystem(world);
  return terminalsFirst(ports);
}

async function portsOfSystem(world: PortWorld): Promise<PluggedPort[]> {
  // Whatever keeps the system from telling must not keep a person from typing the name.
  const listed = await world.systemList().catch(() => []);
  return listed.map(({ path, vendorId, productId, friendlyName, manufacturer }) =>
    pluggedPort({ device: path, vendorId, productId, product: friendlyName ?? manufacturer }),
  );
}

async function portsOfLinux(world: PortWorld): Promise<PluggedPort[]> {
  const byId = await byIdNames(world);
  const inDev = (await namesIn(join(world.root, 'dev'))).filter((name) => SERIAL_NAME.test(name));
  const names = [...new Set([...inDev, ...byId.keys()])];
  const ports = await Promise.all(
    names.map(async (name) => {
      if (BUILT_IN_NAME.test(name) && !(await hasHardware(name, world))) return [];
      const stable = byId.get(name);
      const usb = await readUsb(name, world);
      return [pluggedPort({ path: stable && `/dev/serial/by-id/${stable}`, device: `/dev/${name}`, ...usb })];
    }),
  );
  return ports.flat();
}

/** Linux makes /dev/ttyS0 to ttyS31 whether there is a UART or not; `type` is 0 where there is none. */
async function hasHardware(name: string, { root }: PortWorld): Promise<boolean> {
  const type = await readWord(join(root, 'sys/class/tty', name, 'type'));
  return type !== undefined && type !== '0';
}

/** The stable names that udev keeps under /dev/serial/by-id, by the name of the device that each points to. */
async function byIdNames({ root }: PortWorld): Promise<Map<string, string>> {
  const folder = join(root, 'dev/serial/by-id');
  const names = new Map<string, string>();
  for (const name of (await namesIn(folder)).toSorted()) {
    const target = await realpath(join(folder, name)).catch(() => undefined);
    if (target !== undefined && !names.has(basename(target))) names.set(basename(target), name);
  }
  return names;
}

async function readUsb(name: string, { root }: PortWorld): Promise<UsbFacts> {
  const start = await realpath(join(root, 'sys/class/tty', name, 'device')).catch(() => undefined);
  if (start === undefined) return {};
  for (let folder = start, level = 0; level < MOST_LEVELS; level++, folder = dirname(folder)) {
    const vendorId = await readWord(join(folder, 'idVendor'));
    const productId = await readWord(join(folder, 'idProduct'));
    if (vendorId === undefined || productId === undefined) continue;
    return { vendorId, productId, product: await readWord(join(folder, 'product')) };
  }
  return {};
}

interface UsbFacts {
  vendorId?: string;
  productId?: string;
  product?: string | undefined;
}

async function readWord(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim() || undefined;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
