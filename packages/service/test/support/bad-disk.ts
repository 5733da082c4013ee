import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('bad-disk.c', import.meta.url));
/** The words of the control file, in the order of bad-disk.c. */
const WORDS = [
  'capacity',
  'writeErrno',
  'syncErrno',
  'syncSlowUs',
  'readOnly',
  'readErrno',
  'readFrom',
  'readTimes',
  'syncAfter',
  'syncTimes',
  'syncsRefused',
] as const;
const WORD_BYTES = 4;

/** Whether this machine has what a disk of the test's own needs: Linux, and a C compiler. */
export const canMakeDisks = process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;

/** The disk under one data folder, which fails as it is told. */
export class BadDisk {
  readonly #dataFolder: string;
  readonly #own = mkdtempSync(join(tmpdir(), 'bad-disk-'));
  readonly #control = join(this.#own, 'control');
  readonly #library = join(this.#own, 'bad-disk.so');

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
    writeFileSync(this.#control, new Uint8Array(WORDS.length * WORD_BYTES));
    const { status, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', this.#library, SOURCE, '-ldl']);
    if (status !== 0) throw new Error(String(stderr));
  }

  /** What a process gets to live on this disk. */
  get environment(): Record<string, string> {
    return { LD_PRELOAD: this.#library, BAD_DISK_FOLDER: this.#dataFolder, BAD_DISK_CONTROL: this.#control };
  }

  /** Full: the journal has the room that its files take now, the ballast's included, and so many bytes more. */
  isFull(more = 1): void {
    const names = readdirSync(this.#dataFolder).filter((name) => name.startsWith('journal.') && !name.endsWith('-shm'));
    const sizes = names.map((name) => statSync(join(this.#dataFolder, name), { throwIfNoEntry: false })?.size ?? 0);
    const used = sizes.reduce((sum, size) => sum + size, 0);
    this.#set({ capacity: used + more });
  }

  refusesWrites(errno: 'EIO' | 'ENOSPC' | 'EROFS'): void {
    this.#set({ writeErrno: constants.errno[errno] });
  }

  /** After so many that are good, and so often. */
  refusesSyncs(after = 0, times = 0): void {
    this.#set({ syncErrno: constants.errno.EIO, syncAfter: after, syncTimes: times });
  }

  /** The disk has so many bytes for the journal's files. */
  hasRoomFor(bytes: number): void {
    this.#set({ capacity: bytes });
  }

  /** From this place in each file on, and so often. */
  refusesReads(from = 0, times = 0): void {
    this.#set({ readErrno: constants.errno.EIO, readFrom: from, readTimes: times });
  }

  /** Whether nothing is refused any more, since it was only to be so often. */
  get hasRefusedReads(): boolean {
    return this.#word('readErrno') === 0;
  }

  get hasRefusedSyncs(): boolean {
    return this.#word('syncsRefused') > 0;
  }

  isReadOnly(): void {
    this.#set({ readOnly: 1, writeErrno: constants.errno.EROFS });
  }

  isSlow(ms: number): void {
    this.#set({ syncSlowUs: ms * 1_000 });
  }

  isGood(): void {
    this.#set({});
  }

  remove(): void {
    rmSync(this.#own, { recursive: true });
  }

  #word(word: (typeof WORDS)[number]): number {
    return readFileSync(this.#control).readInt32LE(WORDS.indexOf(word) * WORD_BYTES);
  }

  /** In place, as the process has it mapped. */
  #set(words: Partial<Record<(typeof WORDS)[number], number>>): void {
    const fd = openSync(this.#control, 'r+');
    writeSync(fd, Buffer.from(Int32Array.from(WORDS, (word) => words[word] ?? 0).buffer), 0, undefined, 0);
    closeSync(fd);
  }
}
