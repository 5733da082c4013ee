import type { Place } from './place.ts';
import type { System } from './system.ts';

/**
 * On Windows the rights of the data folder are an access list: its owner, the system and administrators (by their identifiers,
 * which are the same in every language). Elsewhere each file has its rights. Tells why not, where that fails.
 */
export async function closeToOthers({ dataFolder }: Place, system: System): Promise<string | undefined> {
  if (system.platform !== 'win32') return undefined;
  const { USERDOMAIN: domain } = system.environment;
  const user = domain === undefined ? system.userName : `${domain}\\${system.userName}`;
  const grants = [user, '*S-1-5-18', '*S-1-5-32-544'].map((who) => `${who}:(OI)(CI)F`);
  const done = await system.run('icacls', [dataFolder, '/inheritance:r', '/grant:r', ...grants]);
  return done.status === 0 ? undefined : done.errors.trim() || `icacls: ${done.status}`;
}
