import { posix, win32 } from 'node:path';
import type { Place } from './place.ts';
import { programScript } from './program-script.ts';
import type { Files, System } from './system.ts';

/** A file that is ready beside the place it is meant for. */
interface Staged {
  staged: string;
  target: string;
}

const RIGHTS = { program: 0o755, config: 0o600, folder: 0o755, dataFolder: 0o700 } as const;

/**
 * Makes every file of the installation beside its place, on the disk; nothing that was there is touched. The names are always the
 * same, so that a run that was cut off leaves nothing that the next one does not overwrite.
 */
export async function stageFiles(place: Place, configText: string, system: System): Promise<Staged[]> {
  const { files, source, platform } = system;
  await files.makeFolder(place.binFolder, RIGHTS.folder);
  await files.makeFolder(place.dataFolder, RIGHTS.dataFolder);
  const made: Staged[] = [];
  const stage = async (target: string, make: (staged: string) => Promise<void>): Promise<void> => {
    const staged = stagedName(target);
    made.push({ staged, target });
    await make(staged);
  };
  try {
    await stage(place.program, (staged) =>
      source.kind === 'delivery'
        ? files.copy(source.program, staged, RIGHTS.program)
        : files.write(staged, programScript(source, platform), RIGHTS.program),
    );
    const { join, basename, dirname } = platform === 'win32' ? win32 : posix;
    // It stands in bin, as the program does in a delivery and where it is installed; setup.exe alone stands above.
    const beside = (program: string): string =>
      dirname(program) === source.scripts ? join(source.scripts, 'bin') : dirname(program);
    const script = (target: string, from: string) =>
      stage(target, (staged) => files.copy(join(from, basename(target)), staged, RIGHTS.program));
    await script(place.keepUp, source.kind === 'delivery' ? beside(source.program) : source.scripts);
    await script(place.launch, source.scripts);
    await script(place.alwaysUp, source.scripts);
    await stage(place.configFile, (staged) => files.write(staged, configText, RIGHTS.config));
  } catch (error) {
    await discard(made, place, files);
    throw error;
  }
  return made;
}

/**
 * Puts the files in place, each in one step. The program comes first and the configuration last: a program reads the
 * configuration of an earlier one, and a folder with a config.yml has all the rest.
 */
export async function putInPlace(staged: readonly Staged[], { files }: Pick<System, 'files'>): Promise<void> {
  for (const file of staged) await files.rename(file.staged, file.target);
}

/** What was made before something went wrong; where that cannot be removed either, the next run overwrites it. */
export async function discard(
  staged: readonly Staged[],
  { dataFolder, binFolder, foldersBetween, folder }: Place,
  files: Files,
): Promise<void> {
  for (const file of staged) await files.remove(file.staged).catch(() => undefined);
  for (const path of [dataFolder, binFolder, ...foldersBetween, folder]) {
    await files.removeIfEmpty(path).catch(() => undefined);
  }
}

export function stagedName(target: string): string {
  return `${target}.new`;
}
