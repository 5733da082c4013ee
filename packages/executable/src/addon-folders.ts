import { basename, dirname, join } from 'node:path';

/** What decides where a native module can be put. */
export interface AddonPlace {
  platform: NodeJS.Platform;
  environment: Partial<Record<string, string>>;
  execPath: string;
  homeFolder: string;
  tempFolder: string;
  /** Undefined on Windows. */
  uid: number | undefined;
}

/** Where an administrator wants it, where none of the usual folders lets programs be loaded (noexec). */
export const FOLDER_VARIABLE = 'TP_MANAGER_NATIVE_DIR';

/**
 * The folders in which native modules may be put, the best first: the one that was named, the installation's own (which is the
 * service's alone), systemd's, the user's, and the temporary one. The last part of each is made where it is missing, and is ours alone.
 */
export function addonFolders({ platform, environment, execPath, homeFolder, tempFolder, uid }: AddonPlace): string[] {
  const { [FOLDER_VARIABLE]: named, STATE_DIRECTORY: state, XDG_CACHE_HOME: cache, LOCALAPPDATA: local } = environment;
  const ours = 'hipay-desktop-connector';
  const bin = dirname(execPath);
  const installed = basename(bin) === 'bin' ? [join(bin, 'data', 'native')] : [];
  const user =
    platform === 'win32' ? (local ? [join(local, ours)] : []) : [join(cache || join(homeFolder, '.cache'), ours)];
  return [
    ...(named ? [named] : []),
    ...installed,
    // systemd separates several by colons.
    ...(state ? [join(state.split(':')[0] ?? state, 'native')] : []),
    ...user,
    join(tempFolder, uid === undefined ? ours : `${ours}-${uid}`),
  ];
}
