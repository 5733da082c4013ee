import { execFile } from 'node:child_process';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Dice } from '../torture/dice.ts';

const SOURCE = fileURLToPath(new URL('disk-faults.c', import.meta.url));
/** The words of the control file, in the order of disk-faults.c. */
const WORDS = [
  'writeSkip',
  'writeTimes',
  'writeErrno',
  'syncSkip',
  'syncTimes',
  'syncErrno',
  'syncKeeps',
  'syncSlowUs',
  'failed',
  'readSkip',
  'readTimes',
  'readErrno',
  'readFailed',
  'stallAt',
  'stallSkip',
  'stallMs',
  'stalled',
  'stallUntil',
] as const;
/** What begins a stall, in the order of disk-stall.h. `done`: a sync that has succeeded, and is not told yet. */
const STALLS = ['none', 'read', 'write', 'sync', 'done'] as const;
const WORD_BYTES = 4;
const NOTE_BYTES = 24;
/** What a disk writes whole or not at all. */
const SECTOR_BYTES = 512;

/** What becomes of writes that no sync has secured when the power goes: `torn` loses some sectors of them. */
export type Unsynced = 'lost' | 'kept' | 'torn';

export type DiskFault =
  | {
      kind: 'write_fails' | 'sync_fails' | 'sync_fails_and_keeps' | 'read_fails';
      skip: number;
      times: number;
      errno: 'EIO' | 'ENOSPC';
    }
  | { kind: 'slow_syncs'; ms: number }
  /** The next of these stands still for so long, in the run's own time, and all else with it. */
  | { kind: 'stalls'; at: Exclude<(typeof STALLS)[number], 'none'>; ms: number };

/** Compiles the library; gives its path, or why there is none. */
export async function compileDiskFaults(folder: string): Promise<{ library: string } | { reason: string }> {
  if (process.platform !== 'linux') return { reason: 'disk faults need Linux' };
  const library = join(folder, 'disk-faults.so');
  try {
    await promisify(execFile)('cc', ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl']);
    return { library };
  } catch (cause) {
    return {
      reason: `disk faults need a C compiler: ${cause instanceof Error ? cause.message.split('\n')[0] : cause}`,
    };
  }
}

/** The disk under one data folder, with faults, and with a memory of what no sync has secured. */
export class Disk {
  readonly #dataFolder: string;
  readonly #library: string | undefined;
  readonly #undoFolder: string;
  readonly #controlFile: string;
  #stallsAt: (typeof STALLS)[number] = 'none';

  constructor(dataFolder: string, folder: string, library: string | undefined) {
    this.#dataFolder = dataFolder;
    this.#library = library;
    this.#undoFolder = join(folder, 'undo');
    this.#controlFile = join(folder, 'disk-control');
    mkdirSync(this.#undoFolder, { recursive: true });
    this.heal();
  }

  /** What a process gets to live on this disk. */
  get environment(): Record<string, string> {
    if (this.#library === undefined) return {};
    return {
      LD_PRELOAD: this.#library,
      DISK_FAULTS_FOLDER: this.#dataFolder,
      DISK_FAULTS_UNDO: this.#undoFolder,
      DISK_FAULTS_CONTROL: this.#controlFile,
    };
  }

  /** `speed`: how much faster the run's time is than the machine's. */
  fail(fault: DiskFault, speed = 1): void {
    if (fault.kind === 'stalls') {
      this.#stallsAt = fault.at;
      const [stallAt, stallMs] = [STALLS.indexOf(fault.at), Math.round(fault.ms / speed)];
      this.#control({ stallSkip: 0, stallMs, stallAt });
      return;
    }
    if (fault.kind === 'slow_syncs') {
      this.#control({ syncSlowUs: fault.ms * 1000 });
      return;
    }
    const errno = constants.errno[fault.errno];
    const { skip: writeSkip, skip: syncSkip, times: writeTimes, times: syncTimes } = fault;
    if (fault.kind === 'read_fails') this.#control({ readSkip: fault.skip, readTimes: fault.times, readErrno: errno });
    else if (fault.kind === 'write_fails') this.#control({ writeSkip, writeTimes, writeErrno: errno });
    else this.#control({ syncSkip, syncTimes, syncErrno: errno, syncKeeps: fault.kind === 'sync_fails' ? 0 : 1 });
  }

  /** Gives what has happened since it was healed last, and how often. */
  heal(): [what: string, times: number][] {
    const happened = existsSync(this.#controlFile) ? this.#happened() : [];
    writeFileSync(this.#controlFile, new Uint8Array(WORDS.length * WORD_BYTES), {
      flag: existsSync(this.#controlFile) ? 'r+' : 'w',
    });
    return happened;
  }

  #happened(): [what: string, times: number][] {
    return [
      ['disk operations that failed', this.#word('failed')],
      ['disk reads that failed', this.#word('readFailed')],
      [`disk stood still: ${this.#stallsAt}`, this.#word('stalled')],
    ];
  }

  #word(word: (typeof WORDS)[number]): number {
    return readFileSync(this.#controlFile).readInt32LE(WORDS.indexOf(word) * WORD_BYTES);
  }

  /** The power has gone: takes back what was not secured. The process must be dead. */
  losePower(unsynced: Unsynced, dice: Dice): void {
    for (const name of readdirSync(this.#undoFolder)) {
      const notes = join(this.#undoFolder, name);
      const file = join(this.#dataFolder, name);
      if (unsynced !== 'kept' && existsSync(file))
        takeBack(file, readFileSync(notes), unsynced === 'torn' ? dice : undefined);
      rmSync(notes);
    }
  }

  #control(words: Partial<Record<(typeof WORDS)[number], number>>): void {
    const fd = openSync(this.#controlFile, 'r+');
    // Counts before the flags that make them count.
    for (const [word, value] of Object.entries(words)) {
      writeSync(
        fd,
        Buffer.from(Int32Array.of(value).buffer),
        0,
        WORD_BYTES,
        WORDS.indexOf(word as (typeof WORDS)[number]) * WORD_BYTES,
      );
    }
    closeSync(fd);
  }
}

/** The last note first. Torn: some sectors had reached the disk after all. */
function takeBack(file: string, notes: Buffer, torn: Dice | undefined): void {
  const starts: number[] = [];
  for (let at = 0; at + NOTE_BYTES <= notes.length; at += NOTE_BYTES + Number(notes.readBigInt64LE(at + 8)))
    starts.push(at);
  const fd = openSync(file, 'r+');
  for (const at of starts.reverse()) {
    const [offset, size, fileSize] = [0, 8, 16].map((field) => Number(notes.readBigInt64LE(at + field))) as [
      number,
      number,
      number,
    ];
    const before = notes.subarray(at + NOTE_BYTES, at + NOTE_BYTES + size);
    for (let from = 0; from < before.length; ) {
      const to = Math.min(before.length, from + SECTOR_BYTES - ((offset + from) % SECTOR_BYTES));
      if (torn === undefined || torn.chance(0.5)) writeSync(fd, before, from, to - from, offset + from);
      from = to;
    }
    if (torn === undefined || torn.chance(0.5)) ftruncateSync(fd, fileSize);
  }
  closeSync(fd);
}
