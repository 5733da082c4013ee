import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { homeFolder, userName } from '../who-installs.ts';
import { claim } from './claim.ts';
import { interruptibly } from './interruptibly.ts';
import { isRunning, run, runsAny, startInBackground, startListener, terminate } from './processes.ts';
import { realFiles } from './real-files.ts';
import type { Source, System } from './system.ts';

/** This machine. */
export function realSystem(clock: Clock): System {
  return {
    platform: process.platform,
    architecture: process.arch,
    environment: process.env,
    homeFolder: homeFolder(),
    userName: userName(),
    version: packageJson.version,
    source: isSea() ? deliveredSource() : checkoutSource(),
    files: realFiles,
    clock,
    ...{ claim, interruptibly, run, startInBackground, startListener, isRunning, runsAny, terminate },
  };
}

/** The executable is the setup and tp-manager in one, so it installs itself; the scripts stand at the delivery's root, or where it is installed. */
function deliveredSource(): Source {
  const folder = dirname(process.execPath);
  const launch = process.platform === 'win32' ? 'launch.cmd' : 'launch.sh';
  const roots = [folder, dirname(folder), join(folder, '..', '..', '..')];
  const scripts = roots.find((root) => existsSync(join(root, launch))) ?? folder;
  return { kind: 'delivery', program: process.execPath, scripts };
}

function checkoutSource(): Source {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  return {
    kind: 'checkout',
    node: projectNode(),
    program: join(root, 'packages', 'service', 'bin', 'tp-manager.js'),
    scripts: join(root, 'packages', 'installer', 'delivered'),
  };
}

/** The Node that npm brought along; the one that runs this is as good where there is none for this machine. */
function projectNode(): string {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    return createRequire(import.meta.url).resolve(`node-${os}-${process.arch}/bin/${file}`);
  } catch {
    return process.execPath;
  }
}
