import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PortWorld } from './port-world.ts';

/** Says in one sentence why a serial port could not be opened, and what to do about it. */
export async function portProblem(path: string, error: Error, world: PortWorld): Promise<string> {
  const file = world.platform === 'win32' ? undefined : await stat(join(world.root, path)).catch(() => undefined);
  if (file?.isDirectory()) return `${path} is a directory, not a serial port: correct serial_port`;
  if (file !== undefined && !file.isCharacterDevice()) return notSerial(path);
  const { message } = error;
  if (/access denied/i.test(message)) return inUse(path);
  if (/permission denied|EACCES|EPERM|not permitted/i.test(message)) return noRights(path, file?.gid, world);
  if (/cannot lock|busy|temporarily unavailable/i.test(message)) return inUse(path);
  if (/inappropriate ioctl|not a typewriter/i.test(message)) return notSerial(path);
  if (/no such (file|device)|not found/i.test(message)) {
    return `${path} is not there: is the terminal switched on and its cable plugged in?`;
  }
  return `${path} cannot be opened: ${message.replace(/^Error:\s*/, '')}`;
}

function inUse(path: string): string {
  return `${path} is in use by another program: close it (another till, or a second connector), then wait a moment`;
}

function notSerial(path: string): string {
  return `${path} is not a serial port: correct serial_port`;
}

async function noRights(path: string, gid: number | undefined, world: PortWorld): Promise<string> {
  const group = gid === undefined ? undefined : await groupName(gid, world);
  if (group === 'root') {
    return `${world.userName} may not use ${path}, which belongs to root alone: give it to the group dialout by a udev rule`;
  }
  return (
    `${world.userName} may not use ${path}, which belongs to the group ${group ?? 'dialout'}: ` +
    `run "sudo usermod -a -G ${group ?? 'dialout'} ${world.userName}", then log in again`
  );
}

async function groupName(gid: number, world: PortWorld): Promise<string | undefined> {
  const groups = await readFile(join(world.root, 'etc/group'), 'utf8').catch(() => '');
  for (const line of groups.split('\n')) {
    const [name, , id] = line.split(':');
    if (name !== undefined && Number(id) === gid) return name;
  }
  return undefined;
}
