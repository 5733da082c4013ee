import { ZipFile } from 'yazl';

/** The bytes of a zip with these texts, each for its owner alone. */
export function zipOf(texts: ReadonlyMap<string, string>, atMs: number): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, text] of texts) {
    zip.addBuffer(Buffer.from(text), name, { mtime: new Date(atMs), mode: 0o100600 });
  }
  zip.end();
  return zip.outputStream as unknown as AsyncIterable<Uint8Array>;
}
