import { posix, win32 } from 'node:path';

/** Where everything of one installation stands. */
export interface Place {
  /** Installed in, as a whole path. */
  folder: string;
  launch: string;
  /** The part of launch that stays and keeps the service up. */
  keepUp: string;
  alwaysUp: string;
  /** The folder of the program, and those above it up to the installation folder's own. */
  binFolder: string;
  foldersBetween: string[];
  program: string;
  dataFolder: string;
  configFile: string;
  journalFile: string;
  /** What launch did, and what the service said that was wrong. */
  logFile: string;
  /** All that the service said. */
  logFolder: string;
  /** What the service says of itself: its process and its port. */
  runningFile: string;
  /** The process that keeps it up. */
  keeperFile: string;
  holdFile: string;
  /** Where the executable puts the native module that it brings, to load it from. */
  nativeFolder: string;
}

/** As HiPay's documentation lays it out. A checkout's program is a script that starts the checkout's own. */
export function placeOf(folder: string, platform: NodeJS.Platform, kind: 'delivery' | 'checkout'): Place {
  const { join, dirname } = platform === 'win32' ? win32 : posix;
  const script = platform === 'win32' ? 'cmd' : 'sh';
  const binFolder = join(folder, 'hipay', 'ecr-connector', 'bin');
  const dataFolder = join(binFolder, 'data');
  const extension = platform !== 'win32' ? '' : kind === 'delivery' ? '.exe' : '.cmd';
  return {
    folder,
    launch: join(folder, `launch.${script}`),
    keepUp: join(binFolder, `keep-up.${script}`),
    alwaysUp: join(folder, `always-up.${script}`),
    binFolder,
    foldersBetween: [dirname(binFolder), dirname(dirname(binFolder))],
    program: join(binFolder, `tp-manager${extension}`),
    dataFolder,
    configFile: join(dataFolder, 'config.yml'),
    journalFile: join(dataFolder, 'journal.db'),
    logFile: join(dataFolder, 'launch.log'),
    logFolder: join(dataFolder, 'logs'),
    runningFile: join(dataFolder, 'tp-manager.running.json'),
    keeperFile: join(dataFolder, 'launch.pid'),
    holdFile: join(dataFolder, 'hold'),
    nativeFolder: join(dataFolder, 'native'),
  };
}
