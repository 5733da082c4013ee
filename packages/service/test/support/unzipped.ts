import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

export interface Unzipped {
  text: string;
  /** Of Unix. */
  mode: number;
}

/** The files of a zip, by its central directory (PKWARE, APPNOTE.TXT, 4.3.12 and 4.3.16). */
export function unzipped(file: string): Map<string, Unzipped> {
  const zip = readFileSync(file);
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, Unzipped>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString();
    const local = zip.readUInt32LE(at + 42);
    const begins = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(begins, begins + size);
    const text = (method === 0 ? data : inflateRawSync(data)).toString();
    files.set(name, { text, mode: zip.readUInt32LE(at + 38) >>> 16 });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}
