import { posix, win32 } from 'node:path';

/** What the system keeps for itself, each with all that is below it: some of it is gone with the next start of the computer. */
const SYSTEM_TREES = {
  posix: /^\/(bin|boot|dev|etc|lib(32|64|x32)?|proc|run|sbin|sys)(\/|$)/,
  win32: /^[a-z]:\\(windows|\$recycle\.bin|system volume information)(\\|$)/i,
} as const;

/** Folders in which others have theirs, and the whole homes of other people. */
const SHARED = {
  posix: /^\/(home(\/[^/]+)?|media|mnt|opt|root|srv|tmp|usr(\/\w+)?|var(\/\w+)?)$/,
  win32: /^[a-z]:\\(program files( \(x86\))?|programdata|users(\\[^\\]+)?)$/i,
} as const;

/** Whether a folder can be an installation's own: not the root of a disk, a whole home, or a place of the system. */
export function canBeItsOwn(
  path: string,
  { platform, homeFolder }: { platform: NodeJS.Platform; homeFolder: string },
): boolean {
  const style = platform === 'win32' ? 'win32' : 'posix';
  const { parse, relative } = style === 'win32' ? win32 : posix;
  if (parse(path).root === path || relative(path, homeFolder) === '') return false;
  return !SYSTEM_TREES[style].test(path) && !SHARED[style].test(path);
}
