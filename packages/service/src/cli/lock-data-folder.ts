import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { AlreadyRunning } from '../journal/already-running.ts';
import { DataFolderLock } from '../journal/data-folder-lock.ts';
import type { CliWorld } from './cli-world.ts';

/** Keeps a service from starting while a command works on the journal's files; throws where one works on them. */
export function lockDataFolder(dataFolder: string, { pid, nowMs }: CliWorld): DataFolderLock {
  try {
    return DataFolderLock.take(dataFolder, { pid, since: new Date(nowMs()).toISOString() });
  } catch (cause) {
    if (!(cause instanceof AlreadyRunning)) throw cause;
    const message = "The service is working on this journal: stop it first ('tp-manager stop --hold'), then ask again.";
    throw new OperatingError('1107', message, { cause });
  }
}
