import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';

/** As the installer names it, on Linux and on Windows (packages/installer, place.ts). */
const LAUNCH = ['launch.sh', 'launch.cmd'];

const LAID_OUT = join(sep, 'hipay', 'ecr-connector', 'bin', 'data');

/**
 * What starts the service of this data folder: launch, where the installer put it; of a configuration
 * that no installer knows (a checkout, say), the program itself.
 */
export function howToStart({
  dataFolder,
  configFile,
  program,
}: {
  dataFolder: string;
  configFile: string;
  program: string;
}): string {
  const folder = dataFolder.endsWith(LAID_OUT) ? dataFolder.slice(0, -LAID_OUT.length) : undefined;
  const launch = folder && LAUNCH.map((name) => join(folder, name)).find((file) => existsSync(file));
  return launch ? asTyped(launch) : `${program} --config ${asTyped(configFile)}`;
}

/** A path such that the shell of this system takes it for one word: a folder may be "the till's, 100 %". */
function asTyped(path: string): string {
  if (sep === '\\') return /^[\w:.\\-]+$/.test(path) ? path : `"${path}"`;
  return /^[\w/.,:+@-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
