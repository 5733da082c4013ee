import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { removeAutostart } from './autostart.ts';
import { stagedName } from './lay-out.ts';
import { type Place, placeOf } from './place.ts';
import { stopService } from './stop-service.ts';
import type { System } from './system.ts';

/**
 * Takes out everything that setup and launch put into the folder, and stops what runs. Journal and configuration stay, and a
 * later setup finds them; `purge` takes them too.
 */
export async function uninstall({ folder, purge }: { folder: string; purge: boolean }, system: System): Promise<void> {
  const { files, platform } = system;
  const place = placeOf(folder, platform, system.source.kind);
  const [, top = folder] = place.foldersBetween;
  if (!(await files.exists(top)) && !(await files.exists(place.launch))) {
    throw new OperatingError('1000', `There is no installation in ${folder}: ${top} is missing.`);
  }
  // First of all: cron would start again what is stopped next.
  await removeAutostart(place, system);
  await stopService(place, await files.read(place.configFile).catch(() => undefined), system);
  for (const file of filesOf(place, platform)) await files.remove(file);
  if (purge) await files.removeAll(place.dataFolder);
  for (const path of [place.dataFolder, place.binFolder, ...place.foldersBetween, folder]) {
    await files.removeIfEmpty(path);
  }
}

function filesOf(place: Place, platform: NodeJS.Platform): string[] {
  const { launch, alwaysUp, configFile, logFile, keeperFile, holdFile, runningFile, folder } = place;
  const programs = (['delivery', 'checkout'] as const).map((kind) => placeOf(folder, platform, kind).program);
  const logs = [logFile, `${logFile}.1`, `${logFile}.setup`, `${place.dataFolder}/launch.lock`];
  return [
    ...[launch, alwaysUp, ...programs, configFile].map(stagedName),
    ...[launch, alwaysUp, ...programs, `${alwaysUp}.xml`],
    ...[...logs, keeperFile, holdFile, runningFile],
  ];
}
