import { listPorts } from './list-ports.ts';
import type { PortWorld } from './port-world.ts';
import type { Presence } from './presence.ts';

/** What `serial_port` means right now; or why it means nothing. */
export type Target =
  | { kind: 'serial'; path: string }
  | { kind: 'tcp'; host: string; port: number }
  | { kind: 'none'; why: Presence };

export async function findTarget(serialPort: string, world: PortWorld): Promise<Target> {
  const tcp = /^tcp:\/\/(.+):(\d+)$/.exec(serialPort);
  if (tcp?.[1] !== undefined) return { kind: 'tcp', host: tcp[1].replace(/^\[|\]$/g, ''), port: Number(tcp[2]) };
  const isWindows = world.platform === 'win32';
  const isComName = /^COM\d+$/.test(serialPort);
  if (serialPort === 'auto') return theOneTerminal(world);
  if (isComName === isWindows) return { kind: 'serial', path: serialPort };
  return { kind: 'none', why: { at: 'other_system', platform: isComName ? 'windows' : 'linux' } };
}

async function theOneTerminal(world: PortWorld): Promise<Target> {
  const terminals = (await listPorts(world)).filter((port) => port.terminalMaker !== undefined);
  const [only] = terminals;
  if (only === undefined) return { kind: 'none', why: { at: 'no_terminal' } };
  if (terminals.length === 1) return { kind: 'serial', path: only.path };
  return { kind: 'none', why: { at: 'several_terminals', ports: terminals.map(({ device }) => device) } };
}
