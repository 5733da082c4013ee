import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  /** With `/`, and without one at its beginning. */
  name: string;
  bytes: Uint8Array;
  executable?: boolean;
}

/** The first moment that a zip knows: the same files give the same bytes, whenever they are packed. Zips write local time. */
const MTIME = new Date(1980, 0, 1);

/** A zip with these entries, in their order. */
export function zip(entries: readonly ZipEntry[]): Promise<Buffer> {
  const file = new ZipFile();
  for (const { name, bytes, executable = false } of entries) {
    file.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name, {
      mtime: MTIME,
      // The other form of a time is UTC, and would be another one in each time zone.
      forceDosTimestamp: true,
      mode: executable ? 0o100755 : 0o100644,
      compressionLevel: 9,
    });
  }
  file.end();
  return buffer(file.outputStream);
}
