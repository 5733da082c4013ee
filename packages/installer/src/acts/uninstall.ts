import { posix, win32 } from 'node:path';
import type { Language } from '@hipay-ecr/shared/error-code.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { actSentences } from './act-sentences.ts';
import { removeAutostart } from './autostart.ts';
import { stagedName } from './lay-out.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { type Place, placeOf } from './place.ts';
import { stopService } from './stop-service.ts';
import type { System } from './system.ts';

export interface RemovalRequest {
  folder: string;
  /** Journal and configuration, too. */
  purge: boolean;
  language: Language;
}

/**
 * Takes out everything that setup and launch put into the folder, the logs too, and stops what runs. Journal and configuration stay, and a
 * later setup finds them; `purge` takes them too.
 */
export async function uninstall(request: RemovalRequest, system: System): Promise<void> {
  const { folder, language } = request;
  const { files, platform } = system;
  const place = placeOf(folder, platform, system.source.kind);
  const [, top = folder] = place.foldersBetween;
  if (!(await files.exists(top)) && !(await files.exists(place.launch))) {
    throw new OperatingError('1000', actSentences(language).notInstalled(folder));
  }
  await oneAtATime(folder, actSentences(language), system, () => remove(place, request, system));
}

async function remove(place: Place, { folder, purge, language }: RemovalRequest, system: System): Promise<void> {
  const { files, platform } = system;
  // First of all: cron, or launch that waits to try again, would start what is stopped next.
  await removeAutostart(place, system);
  if (await files.exists(place.dataFolder)) await files.write(place.holdFile, '', 0o600);
  const configText = await files.read(place.configFile).catch(() => undefined);
  await system.interruptibly((interrupted) =>
    stopService(place, { configText, language, interrupted, comesBack: false }, system),
  );
  for (const file of filesOf(place, platform)) await files.remove(file);
  await files.removeAll(place.logFolder);
  if (purge) await files.removeAll(place.dataFolder);
  for (const path of [place.dataFolder, place.binFolder, ...place.foldersBetween, folder]) {
    await files.removeIfEmpty(path);
  }
}

function filesOf(place: Place, platform: NodeJS.Platform): string[] {
  const { launch, keepUp, alwaysUp, configFile, logFile, keeperFile, holdFile, runningFile, folder } = place;
  const { join } = platform === 'win32' ? win32 : posix;
  const programs = (['delivery', 'checkout'] as const).map((kind) => placeOf(folder, platform, kind).program);
  const scripts = [launch, ...(keepUp === undefined ? [] : [keepUp]), alwaysUp];
  const logs = [logFile, `${logFile}.1`, `${logFile}.setup`, join(place.dataFolder, 'launch.lock')];
  const lock = join(place.dataFolder, 'tp-manager.lock');
  return [
    ...[lock, `${lock}-journal`],
    ...[...scripts, ...programs, configFile].map(stagedName),
    ...[...scripts, ...programs, `${alwaysUp}.xml`],
    ...[...logs, keeperFile, holdFile, runningFile],
  ];
}
