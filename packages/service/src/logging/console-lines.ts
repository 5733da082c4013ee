import { fstatSync, write as writeWithCallback } from 'node:fs';
import { promisify } from 'node:util';
import { type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import { textOf, type WriteLines } from './line-queue.ts';
import { logLimits } from './log-limits.ts';

const write = promisify(writeWithCallback);

/** process.stdout or process.stderr. */
export type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'write'> & { fd: number };

/**
 * Writes to a stream of the process by its number. Node itself writes to a file or a terminal there synchronously: a full disk
 * behind launch.log, or Ctrl-S in a window, would stop payments. Where nobody reads any more, lines are dropped.
 */
export function writeToStream(stream: Output, clock: Clock): WriteLines {
  let gone = false;
  return async (lines) => {
    // A console of Windows understands Node's own writing alone, which waits for nothing there.
    if (process.platform === 'win32' && stream.isTTY) {
      return new Promise((resolve) => stream.write(textOf(lines), () => resolve()));
    }
    let left = Buffer.from(textOf(lines));
    while (left.length > 0 && !gone) {
      try {
        const { bytesWritten } = await write(stream.fd, left);
        left = left.subarray(bytesWritten);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // A pipe that is full: Node has set it to answer so instead of waiting.
        if (code === 'EAGAIN') await pause(clock, logLimits.consoleAgainMs);
        else if (code === 'ENOSPC') throw error;
        else gone = true;
      }
    }
  };
}

/**
 * Whether journald reads this stream: JOURNAL_STREAM names the device and inode that systemd connected (systemd.exec(5)). It
 * is inherited by whoever is started from there, with another output, so it is compared.
 */
export function isJournald(stream: Output, journalStream: string | undefined): boolean {
  if (journalStream === undefined) return false;
  try {
    const { dev, ino } = fstatSync(stream.fd, { bigint: true });
    return journalStream === `${dev}:${ino}`;
  } catch {
    return false;
  }
}
