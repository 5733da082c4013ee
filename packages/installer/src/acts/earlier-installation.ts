import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import type { EarlierInstallation } from '../plan.ts';
import { actsLimits } from './acts-limits.ts';
import { askLocally, localServiceOf, versionIn } from './local-service.ts';
import { placeOf } from './place.ts';
import { realFiles } from './real-files.ts';
import { readRunningFile } from './running-file.ts';
import type { System } from './system.ts';

/** What stands in the folder already: an installation of ours, or one of the original connector, at the same place. */
export async function earlierInstallation(
  folder: string,
  system: Pick<System, 'platform' | 'files'> = { platform: process.platform, files: realFiles },
): Promise<EarlierInstallation | undefined> {
  const place = placeOf(folder, system.platform, 'delivery');
  const configText = await system.files.read(place.configFile).catch(() => undefined);
  if (configText === undefined) {
    return (await system.files.exists(place.binFolder)) ? {} : undefined;
  }
  const service = localServiceOf(readAnswers(configText).texts);
  if (service === undefined) return { configText };
  const running = await readRunningFile(place, system);
  const ports = new Set([running?.port ?? service.port, service.port]);
  for (const port of ports) {
    const answer = await askLocally({ ...service, port }, '/version', actsLimits.glanceMs);
    if (versionIn(answer) !== undefined) return { configText, runningPort: port };
  }
  return { configText };
}
