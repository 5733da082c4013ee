import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { journalLimits } from './journal-limits.ts';

const PAGE_BYTES = 4_096;
const MIB = 1024 * 1024;

/**
 * Throws where the disk has not the room in which a journal is made anew: that of the new one, and as much again for its log,
 * which holds the whole index at once, or later for a copy of the old one where there are no second names.
 */
export function mustHaveRoomToRebuild(file: string): void {
  const folder = dirname(file);
  const bytes = bytesOf(file) + bytesOf(`${file}-wal`);
  const neededBytes = 2 * bytes + journalLimits.walMostPages * PAGE_BYTES;
  const { bavail, bsize } = statfsSync(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes) return;
  const room = `${folder} has ${Math.floor(freeBytes / MIB)} MiB free, and ${Math.ceil(neededBytes / MIB)} MiB are needed`;
  throw new OperatingError(
    '1107',
    `The disk is too full to make the journal ${file} anew: ${room}. It was left as it is. Free some space there, and run the command again.`,
  );
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
