import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where people see the setup: beside setup.sh or setup.cmd. In a delivery for Linux the program itself is in bin/ there, in a checkout in
 * packages/installer/bin/; on Windows the program is the setup.
 */
export function setupFolder(program: string): string {
  const own = dirname(program);
  const isSeen = (folder: string) => ['setup.sh', 'setup.cmd'].some((script) => existsSync(join(folder, script)));
  return [own, dirname(own), join(own, '..', '..', '..')].find(isSeen) ?? own;
}
