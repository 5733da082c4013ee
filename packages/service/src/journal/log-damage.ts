import { existsSync, readFileSync } from 'node:fs';

/** https://www.sqlite.org/walformat.html: the log's header, and what stands before each page in it. */
const HEAD_BYTES = 32;
const PAGE_HEAD_BYTES = 24;
const MAGIC = 0x377f_0682;
/** The log's index: its header, that header's checksum, and how many pages were moved into the file. */
const INDEX = { version: 3_007_000, checkedBytes: 40, headBytes: 48, movedAt: 96, leastBytes: 100 } as const;

type Sums = [number, number];

/**
 * What is missing from a journal's log; undefined where nothing is known to be. SQLite reads a log up to its last whole
 * commit and says nothing of what lies behind: right for a commit that a power cut tore, silent about one that was whole
 * once. The log's index beside it knows better: it counts a page only once it was synced. A log without its index (a
 * restored backup) can only be believed, and so can one that was begun anew after its index: nobody syncs an index, so a
 * power cut leaves the one of half a minute ago, and what that counts was moved into the file, and synced there, before
 * the log was begun anew. The service must not be running.
 */
export function logDamage(file: string): string | undefined {
  const index = readIndex(read(`${file}-shm`));
  if (index === undefined || index.pages === 0) return undefined;
  const log = read(`${file}-wal`);
  if (log.length === 0 && index.moved >= index.pages) return undefined;
  if (isBegunAfter(index.salts, log)) return undefined;
  const whole = wholePages(log, index.salts);
  if (whole >= index.pages) return undefined;
  return `of the ${index.pages} pages in its log ${file}-wal only ${whole} can be read`;
}

/** Undefined where the index says nothing: it is another program's, torn, or not there. */
function readIndex(index: Buffer): { pages: number; moved: number; salts: Buffer } | undefined {
  if (index.length < INDEX.leastBytes || index.readUInt32LE(0) !== INDEX.version) return undefined;
  const [one, two] = checksum(index.subarray(0, INDEX.checkedBytes), [0, 0], 'little');
  if (index.readUInt32LE(INDEX.checkedBytes) !== one || index.readUInt32LE(INDEX.checkedBytes + 4) !== two)
    return undefined;
  return { pages: index.readUInt32LE(16), moved: index.readUInt32LE(INDEX.movedAt), salts: index.subarray(32, 40) };
}

/** Each time a log is begun anew its first salt is one more than before (sqlite3.c, walRestartHdr), past the last one from 0 on. */
function isBegunAfter(salts: Buffer, log: Buffer): boolean {
  return headOf(log) !== undefined && ((log.readUInt32BE(16) - salts.readUInt32BE(0)) | 0) > 0;
}

interface Head {
  order: 'big' | 'little';
  sums: Sums;
}

/** Undefined where the log does not begin with a header that is whole. */
function headOf(log: Buffer): Head | undefined {
  if (log.length < HEAD_BYTES || (log.readUInt32BE(0) & ~1) >>> 0 !== MAGIC) return undefined;
  const order = log.readUInt32BE(0) & 1 ? 'big' : 'little';
  const sums = checksum(log.subarray(0, 24), [0, 0], order);
  return isWritten(sums, log, 24) ? { order, sums } : undefined;
}

/** How many pages follow one another undamaged from the log's beginning. */
function wholePages(log: Buffer, salts: Buffer): number {
  const head = headOf(log);
  if (head === undefined || !log.subarray(16, 24).equals(salts)) return 0;
  const { order } = head;
  let { sums } = head;
  const bytes = PAGE_HEAD_BYTES + log.readUInt32BE(8);
  let pages = 0;
  for (let at = HEAD_BYTES; at + bytes <= log.length; at += bytes) {
    sums = checksum(log.subarray(at, at + 8), sums, order);
    sums = checksum(log.subarray(at + PAGE_HEAD_BYTES, at + bytes), sums, order);
    if (!isWritten(sums, log, at + 16) || !log.subarray(at + 8, at + 16).equals(salts)) break;
    pages += 1;
  }
  return pages;
}

function isWritten([one, two]: Sums, log: Buffer, at: number): boolean {
  return log.readUInt32BE(at) === one && log.readUInt32BE(at + 4) === two;
}

/** SQLite's own: each sum goes into the other, word by word. */
function checksum(bytes: Buffer, [first, second]: Sums, order: 'big' | 'little'): Sums {
  // Whole numbers of 32 bits, which processors add twice as fast as what may be more.
  let [one, two] = [first | 0, second | 0];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    one = (one + view.getInt32(at, order === 'little') + two) | 0;
    two = (two + view.getInt32(at + 4, order === 'little') + one) | 0;
  }
  return [one >>> 0, two >>> 0];
}

/** One that cannot be read is no shorter for that: what the disk says of it is thrown on. */
function read(file: string): Buffer {
  return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
}
