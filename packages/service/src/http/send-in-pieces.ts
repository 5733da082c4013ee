import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { httpLimits } from './http-limits.ts';

/** How a stream says that its reader has gone away. */
const GONE = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']);

/** A long list, some lines at a time. */
export function* inPieces<Item>(items: readonly Item[]): Iterable<readonly Item[]> {
  const { linesAtOnce } = httpLimits;
  for (let at = 0; at < items.length; at += linesAtOnce) yield items.slice(at, at + linesAtOnce);
}

/**
 * Writes a long answer piece by piece, each made only when it is its turn. In between, what is more urgent gets its
 * turn: the terminal may be speaking (rule 17). One turn of the event loop would not do: a byte of the line takes several
 * to come in and to be answered. Somebody who has gone away ends it.
 */
export async function sendInPieces(response: Writable, pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(oneATurn(pieces)), response);
  } catch (cause) {
    if (!GONE.has(String((cause as NodeJS.ErrnoException).code))) throw cause;
  }
}

async function* oneATurn(pieces: Iterable<string>): AsyncIterable<string> {
  for (const piece of pieces) {
    yield piece;
    await setTimeout(httpLimits.betweenPiecesMs);
  }
}
