import { realpath } from 'node:fs/promises';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { DeviceIdentity } from '../payments/fact.ts';
import { type FoundPort, listPorts } from './list-ports.ts';
import { fileOf, type PortWorld } from './port-world.ts';

/** What to open, and which device that is. */
export type PortTarget =
  | { kind: 'serial'; path: string; device: DeviceIdentity }
  | { kind: 'tcp'; host: string; port: number; device: DeviceIdentity };

/**
 * Finds what `serial_port` means right now. `lastIdentity` is the device that was open before, or that must be: where it
 * came back under another number it is found there, even where another device has taken its old one (a hub that was
 * switched off and on numbers anew). Throws an OperatingError that says what to do.
 */
export async function findPort(serialPort: string, world: PortWorld, lastIdentity?: string): Promise<PortTarget> {
  if (/^tcp:/i.test(serialPort)) return tcpTarget(serialPort);
  if (serialPort === 'auto') return serialTarget(await theOneTerminal(world));
  if (/^COM\d+$/i.test(serialPort)) return comTarget(serialPort.toUpperCase(), world);
  return pathTarget(serialPort, world, lastIdentity);
}

function tcpTarget(serialPort: string): PortTarget {
  const parts = /^tcp:\/\/(\[[^\]]+\]|[^/:@\s]+):(\d{1,5})\/?$/i.exec(serialPort);
  const host = parts?.[1]?.replace(/^\[|\]$/g, '');
  const port = Number(parts?.[2]);
  if (host === undefined || port < 1 || port > 65_535) {
    throw unusable(`serial_port is ${serialPort}; a terminal on the network is written tcp://host:port`);
  }
  return { kind: 'tcp', host, port, device: { port: serialPort, identity: `${host}:${port}` } };
}

async function comTarget(path: string, world: PortWorld): Promise<PortTarget> {
  if (world.platform !== 'win32') {
    throw unusable(`${path} is the name of a port on Windows; here it is a path such as /dev/ttyACM0, or auto`);
  }
  const listed = (await listPorts(world)).find((port) => port.path.toUpperCase() === path);
  return serialTarget(listed ?? { path, identity: path });
}

async function pathTarget(path: string, world: PortWorld, lastIdentity?: string): Promise<PortTarget> {
  if (world.platform === 'win32') {
    throw unusable(`serial_port is ${path}; on Windows it is COM and a number, tcp://host:port, or auto`);
  }
  const ports = await listPorts(world);
  const file = await fileBehind(path, world);
  const named = file === undefined ? undefined : await portAt(file, ports, world);
  if (file !== undefined && (named?.identity ?? path) === lastIdentity) return asConfigured(path, named);
  const moved = ports.filter((port) => port.identity === lastIdentity);
  const [only] = moved;
  if (only !== undefined && moved.length === 1) return serialTarget(only);
  if (file !== undefined) return asConfigured(path, named);
  throw unusable(`${path} is not there: is the terminal switched on and its cable plugged in?${seen(ports)}`);
}

function asConfigured(path: string, named: FoundPort | undefined): PortTarget {
  return { kind: 'serial', path, device: { port: path, identity: named?.identity ?? path } };
}

async function portAt(file: string, ports: FoundPort[], world: PortWorld): Promise<FoundPort | undefined> {
  const files = await Promise.all(ports.map((port) => fileBehind(port.path, world)));
  return ports[files.indexOf(file)];
}

/** What all names of one device lead to; undefined where there is no such name. */
function fileBehind(path: string, world: PortWorld): Promise<string | undefined> {
  return realpath(fileOf(path, world)).catch(() => undefined);
}

async function theOneTerminal(world: PortWorld): Promise<FoundPort> {
  const ports = await listPorts(world);
  const terminals = ports.filter((port) => port.terminalMaker !== undefined);
  const [only] = terminals;
  if (only === undefined) {
    throw unusable(
      `no payment terminal is plugged in by USB: plug it in and switch it on, or name its port in serial_port.${seen(ports)}`,
    );
  }
  if (terminals.length > 1) {
    const names = terminals.map((port) => `${port.path} (${port.terminalMaker}, ${port.identity})`);
    throw unusable(`several devices look like a payment terminal: ${names.join(', ')}; name one in serial_port`);
  }
  return only;
}

function serialTarget({ path, identity }: FoundPort): PortTarget {
  return { kind: 'serial', path, device: { port: path, identity } };
}

/** What is plugged in, for the person who has to choose. */
function seen(ports: FoundPort[]): string {
  if (ports.length === 0) return ' No serial device is plugged in at all.';
  return ` Plugged in: ${ports.map((port) => `${port.path} (${port.identity})`).join(', ')}.`;
}

function unusable(detail: string): OperatingError {
  return new OperatingError('1004', detail);
}
