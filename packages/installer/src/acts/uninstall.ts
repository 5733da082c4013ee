import { posix, win32 } from 'node:path';
import type { Language } from '@hipay-ecr/shared/error-code.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { silently, type Tell } from '../plan.ts';
import { Interrupted } from '../prompter.ts';
import { actSentences } from './act-sentences.ts';
import { removeAutostart } from './autostart.ts';
import { refuseInDoubt } from './doubt.ts';
import { stagedName } from './lay-out.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { type Place, placeOf } from './place.ts';
import { standBy } from './rescue.ts';
import { stopService } from './stop-service.ts';
import type { System } from './system.ts';

export interface RemovalRequest {
  folder: string;
  /** Journal and configuration, too. */
  purge: boolean;
  /** Even where the journal holds what a person has yet to look at. */
  yes?: boolean;
  language: Language;
}

/**
 * Takes out everything that setup and launch put into the folder, the logs too, and stops what runs. Journal and configuration stay, and a
 * later setup finds them; `purge` takes them too.
 */
export async function uninstall(request: RemovalRequest, system: System, tell: Tell = silently): Promise<void> {
  const { folder, language, purge, yes } = request;
  const { files, platform } = system;
  const place = placeOf(folder, platform, system.source.kind);
  const [, top = folder] = place.foldersBetween;
  if (!(await files.exists(top)) && !(await files.exists(place.launch))) {
    throw new OperatingError('1000', actSentences(language).notInstalled(folder));
  }
  await oneAtATime(folder, actSentences(language), system, async () => {
    if (purge && !yes) await refuseInDoubt({ place, language, left: actSentences(language).leftUnchanged }, system);
    await remove(place, request, system, tell);
  });
}

async function remove(place: Place, request: RemovalRequest, system: System, tell: Tell): Promise<void> {
  const { folder, purge } = request;
  const { files, platform } = system;
  await system.interruptibly((interrupted) => stopForGood(place, { ...request, interrupted, tell }, system));
  for (const file of filesOf(place, platform)) await files.remove(file);
  await files.removeAll(place.logFolder);
  await files.removeAll(place.nativeFolder);
  if (purge) await files.removeAll(place.dataFolder);
  for (const path of [place.dataFolder, place.binFolder, ...place.foldersBetween, folder]) {
    await files.removeIfEmpty(path);
  }
}

/** Until it has stopped nothing is taken out: whoever does not wait for a payment, or is cut off, keeps the installation and its service. */
async function stopForGood(
  place: Place,
  { language, purge, yes, interrupted, tell }: RemovalRequest & { interrupted: AbortSignal; tell: Tell },
  system: System,
): Promise<void> {
  const { files } = system;
  const configText = await files.read(place.configFile).catch(() => undefined);
  const stop = { configText, language, interrupted };
  const wasHeld = await files.exists(place.holdFile);
  const rescue = await standBy(place, system, { ownHold: !wasHeld });
  try {
    // Cron, or launch that waits to try again, would start what is stopped next.
    if (await files.exists(place.dataFolder)) await files.write(place.holdFile, '', 0o600);
    const ifLeft = rescue === undefined || wasHeld ? 'ends' : 'comesBack';
    const ran = await stopService(place, { ...stop, ifLeft, tell }, system);
    const sentences = actSentences(language);
    const after = sentences.ifLeft[ifLeft].after(place.folder, place.launch);
    // One that was begun after the first look may have ended in doubt.
    if (purge && !yes && !interrupted.aborted) {
      await refuseInDoubt({ place, language, left: ran ? after : sentences.leftUnchanged }, system);
    }
    if (interrupted.aborted) throw new Interrupted(after);
    await removeAutostart(place, system);
    rescue?.dismiss();
  } catch (error) {
    rescue?.summon();
    // The rescue removes it as well, and what went wrong first is what is told.
    if (!wasHeld) await files.remove(place.holdFile).catch(() => undefined);
    throw error;
  }
  // An original connector's cron knows of no hold, and may have started it just now.
  await stopService(place, { ...stop, ifLeft: 'endsForGood', tell }, system);
}

function filesOf(place: Place, platform: NodeJS.Platform): string[] {
  const { launch, keepUp, alwaysUp, configFile, logFile, keeperFile, holdFile, runningFile, folder } = place;
  const { join } = platform === 'win32' ? win32 : posix;
  const programs = (['delivery', 'checkout'] as const).map((kind) => placeOf(folder, platform, kind).program);
  const scripts = [launch, keepUp, alwaysUp];
  const logs = [logFile, `${logFile}.1`, `${logFile}.setup`, join(place.dataFolder, 'launch.lock')];
  const lock = join(place.dataFolder, 'tp-manager.lock');
  return [
    ...[lock, `${lock}-journal`],
    ...[...scripts, ...programs, configFile].map(stagedName),
    ...[...scripts, ...programs, `${alwaysUp}.xml`],
    ...[...logs, keeperFile, holdFile, runningFile],
  ];
}
