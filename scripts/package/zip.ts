import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** With `/`, and without one at its beginning. */
  name: string;
  bytes: Uint8Array;
  /** The bytes as deflate packs them, where somebody has done it already. */
  deflated?: Uint8Array;
  executable?: boolean;
}

/** PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16. */
const SIGNATURE = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const VERSION_NEEDED = 20;
/** Made on Unix: only so are the rights of files read. */
const VERSION_MADE_BY = (3 << 8) | VERSION_NEEDED;
const DEFLATED = 8;
/** The first moment that a zip knows, 1980-01-01 00:00: the same files give the same bytes, whenever they are packed. */
const DATE = (1 << 5) | 1;
const TIME = 0;
const REGULAR_FILE = 0o100000;

/** A zip with these entries, in their order. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Uint8Array[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, executable = false, deflated = deflateRawSync(bytes, { level: 9 }) } of entries) {
    const path = Buffer.from(name);
    const sizes = { crc: crc32(bytes), packed: deflated.length, bytes: bytes.length };
    const local = localHeader(path, sizes);
    const mode = REGULAR_FILE | (executable ? 0o755 : 0o644);
    central.push(centralHeader(path, sizes, mode, offset));
    parts.push(local, deflated);
    offset += local.length + deflated.length;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...parts, directory, endOf(entries.length, directory.length, offset)]);
}

interface Sizes {
  crc: number;
  packed: number;
  bytes: number;
}

function localHeader(path: Buffer, sizes: Sizes): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(SIGNATURE.local, 0);
  header.writeUInt16LE(VERSION_NEEDED, 4);
  writeCommon(header, 8, path, sizes);
  return Buffer.concat([header, path]);
}

function centralHeader(path: Buffer, sizes: Sizes, mode: number, offset: number): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(SIGNATURE.central, 0);
  header.writeUInt16LE(VERSION_MADE_BY, 4);
  header.writeUInt16LE(VERSION_NEEDED, 6);
  writeCommon(header, 10, path, sizes);
  header.writeUInt32LE(mode * 0x10000, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, path]);
}

/** What both headers hold, from the method on. */
function writeCommon(header: Buffer, at: number, path: Buffer, { crc, packed, bytes }: Sizes): void {
  header.writeUInt16LE(DEFLATED, at);
  header.writeUInt16LE(TIME, at + 2);
  header.writeUInt16LE(DATE, at + 4);
  header.writeUInt32LE(crc, at + 6);
  header.writeUInt32LE(packed, at + 10);
  header.writeUInt32LE(bytes, at + 14);
  header.writeUInt16LE(path.length, at + 18);
}

function endOf(entries: number, directoryBytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(SIGNATURE.end, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
