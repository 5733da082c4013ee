import { open } from 'node:fs/promises';

/** The end of a file, from the beginning of a line on; what was left out is said. */
export async function readTail(file: string, mostBytes: number): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, mostBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    if (length === size) return text;
    return `(the first ${size - length} bytes were left out)\n${text.slice(text.indexOf('\n') + 1)}`;
  } finally {
    await handle.close();
  }
}
