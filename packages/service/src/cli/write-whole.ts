import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';

/** Writes a file that its owner alone can read: whole, or not at all. Gives how many pieces went into it. */
export async function writeWhole(file: string, pieces: AsyncIterable<string | Uint8Array>): Promise<number> {
  const unfinished = `${file}.new`;
  let handle: FileHandle | undefined;
  try {
    await rm(unfinished, { force: true });
    handle = await open(unfinished, 'wx', 0o600);
    let count = 0;
    for await (const piece of pieces) {
      await handle.appendFile(piece);
      count += 1;
    }
    await handle.sync();
    await handle.close();
    await rename(unfinished, file);
    return count;
  } catch (cause) {
    await handle?.close().catch(() => undefined);
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (cause instanceof OperatingError) throw cause;
    throw new OperatingError(
      '1000',
      `${file} cannot be written: ${(cause as Error).message}. Nothing was left there.`,
      { cause },
    );
  }
}
