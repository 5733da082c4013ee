import { appendFileSync, mkdirSync } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { localDay } from '../payments/local-day.ts';
import { type LogLine, textOf } from './line-queue.ts';
import { logLimits } from './log-limits.ts';
import { localDayOf } from './log-text.ts';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const NAME = /^tp-manager-(\d{4}-\d{2}-\d{2})(?:\.(\d+))?\.log$/;

/** One file of the log: that of a day, or, where the day said much, a part of it. */
export interface DayFile {
  name: string;
  day: string;
  /** From 1. */
  part: number;
}

/** `data/logs`, beside config.yml. */
export function logFolderOf(dataFolder: string): string {
  return join(dataFolder, 'logs');
}

/** The files of the log, the oldest first. */
export async function logFilesIn(folder: string): Promise<DayFile[]> {
  const files = (await readdir(folder)).flatMap((name) => {
    const [, day, part] = NAME.exec(name) ?? [];
    return day === undefined ? [] : [{ name, day, part: Number(part ?? 1) }];
  });
  return files.toSorted((a, b) => a.day.localeCompare(b.day) || a.part - b.part);
}

/**
 * The folder of the log: a file for each day, in parts where it grows large. A file has its name from the beginning, so
 * nothing is renamed under whoever reads it; it is opened for each batch of lines and closed again, so that a folder that
 * was removed is made anew, and Windows lets everybody remove it.
 */
export class LogFolder {
  readonly #folder: string;
  readonly #keepDays: number;
  readonly #clock: Pick<Clock, 'nowMs'>;
  #current: DayFile | undefined;

  constructor(folder: string, keepDays: number, clock: Pick<Clock, 'nowMs'>) {
    this.#folder = folder;
    this.#keepDays = keepDays;
    this.#clock = clock;
  }

  /** Appends these lines of one day: all, or where it rejects, none. */
  async write(lines: LogLine[]): Promise<void> {
    const [first] = lines;
    if (first !== undefined) await this.#append(first.day, Buffer.from(textOf(lines)));
  }

  /** At the end of the process, when nothing else is left to be kept waiting. */
  writeNow(lines: LogLine[]): void {
    const [first] = lines;
    if (first === undefined) return;
    const { name } = this.#current ?? fileOf(first.day, 1);
    mkdirSync(this.#folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    appendFileSync(join(this.#folder, name), textOf(lines), { mode: OWNER_ONLY });
  }

  /** Removes what is older than it is to be kept, and the oldest where there is too much. */
  async tidy(): Promise<void> {
    const first = daysBefore(localDayOf(this.#clock.nowMs()), this.#keepDays);
    const files = await logFilesIn(this.#folder).catch(() => []);
    const sized = await Promise.all(
      files.map(async (file) => ({ ...file, bytes: (await stat(join(this.#folder, file.name))).size })),
    ).catch(() => []);
    let left = sized.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { name, day, bytes } of sized) {
      if (name === this.#current?.name || (day >= first && left <= logLimits.allBytes)) continue;
      await rm(join(this.#folder, name), { force: true }).catch(() => undefined);
      left -= bytes;
    }
  }

  async #append(day: string, text: Buffer): Promise<void> {
    if (this.#current?.day !== day) await this.#goOnWith(await this.#lastOf(day));
    const { name, part } = this.#current ?? fileOf(day, 1);
    const file = join(this.#folder, name);
    const handle = await open(file, 'a', OWNER_ONLY).catch(async (error) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(this.#folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
      return open(file, 'a', OWNER_ONLY);
    });
    try {
      const { size } = await handle.stat();
      if (size > 0 && size + text.length > logLimits.fileBytes) {
        await this.#goOnWith(fileOf(day, part + 1));
        return await this.#append(day, text);
      }
      // A disk that is full may have taken some of it: it is written again as a whole.
      await handle.appendFile(text).catch(async (error) => {
        await handle.truncate(size).catch(() => undefined);
        throw error;
      });
    } finally {
      await handle.close();
    }
  }

  /** With each new file an old one may have to go. */
  async #goOnWith(file: DayFile): Promise<void> {
    this.#current = file;
    await this.tidy();
  }

  async #lastOf(day: string): Promise<DayFile> {
    const files = await logFilesIn(this.#folder).catch(() => []);
    return files.findLast((file) => file.day === day) ?? fileOf(day, 1);
  }
}

function fileOf(day: string, part: number): DayFile {
  return { name: `tp-manager-${day}${part === 1 ? '' : `.${part}`}.log`, day, part };
}

/** The day so many days before this one. */
export function daysBefore(day: string, days: number): string {
  const midnight = localDay(day)?.fromMs ?? 0;
  const earlier = new Date(midnight);
  earlier.setDate(earlier.getDate() - days);
  return localDayOf(earlier.getTime());
}
