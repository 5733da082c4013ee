import { access, constants, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isNoSerialPort } from './no-serial-port.ts';
import type { PortWorld } from './port-world.ts';
import type { Presence } from './presence.ts';

/** What can be said against a port before it is opened; undefined where nothing speaks against it. */
export async function portProblem(path: string, world: PortWorld): Promise<Presence | undefined> {
  if (world.platform === 'win32') return undefined;
  const file = join(world.root, path);
  const facts = await stat(file).catch(() => undefined);
  if (facts === undefined) return { at: 'no_such_port' };
  if (await isNoSerialPort(path, world)) return { at: 'not_serial' };
  const mayUse = await access(file, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  return mayUse ? undefined : noRights(facts.gid, world);
}

/** Why a port did not open, from what serialport says. */
export async function openProblem(path: string, message: string, world: PortWorld): Promise<Presence> {
  // Windows says "Access denied" of a port that another program holds; it has no rights on ports.
  if (/access denied/i.test(message)) return { at: 'in_use' };
  if (/permission denied|EACCES|EPERM|not permitted/i.test(message)) {
    const gid = await stat(join(world.root, path)).then(
      (facts) => facts.gid,
      () => undefined,
    );
    return noRights(gid, world);
  }
  if (/cannot lock|busy|temporarily unavailable/i.test(message)) return { at: 'in_use' };
  if (/inappropriate ioctl|not a typewriter/i.test(message)) return { at: 'not_serial' };
  if (/no such (file|device)|not found/i.test(message)) return { at: 'no_such_port' };
  return { at: 'cannot_open', why: message.replace(/^Error:\s*/, '') };
}

async function noRights(gid: number | undefined, { root, userName }: PortWorld): Promise<Presence> {
  const groups = await readFile(join(root, 'etc/group'), 'utf8').catch(() => '');
  const lines = groups.split('\n').map((line) => line.split(':'));
  const [group = 'dialout', , , members = ''] = lines.find(([, , id]) => id !== '' && Number(id) === gid) ?? [];
  return { at: 'no_rights', group, userName, belongs: members.split(',').includes(userName) };
}
