import { writeSync } from 'node:fs';

/** `tty.ReadStream.write` blocks, and deadlocks with a reader in the same process: small non-blocking writes do not. */
const limits = { pieceBytes: 512, queueBytes: 65_536, retryMs: 1 };

interface Piece {
  bytes: Uint8Array;
  written?: (() => void) | undefined;
}

/** Writes to a pseudo-terminal in order, without ever blocking the event loop. */
export class PtyWriter {
  readonly #fd: number;
  readonly #failed: (error: Error) => void;
  #queue: Piece[] = [];
  #queuedBytes = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(fd: number, failed: (error: Error) => void) {
    this.#fd = fd;
    this.#failed = failed;
  }

  /** What exceeds the queue is lost, as on a line to which nobody listens. */
  write(bytes: Uint8Array, written?: () => void): void {
    if (this.#queuedBytes + bytes.length > limits.queueBytes) return;
    for (let start = 0; start < bytes.length; start += limits.pieceBytes) {
      const end = Math.min(start + limits.pieceBytes, bytes.length);
      this.#queue.push({ bytes: bytes.subarray(start, end), written: end === bytes.length ? written : undefined });
    }
    this.#queuedBytes += bytes.length;
    if (this.#retry === undefined) this.#pump();
  }

  stop(): void {
    clearTimeout(this.#retry);
    this.#queue = [];
    this.#queuedBytes = 0;
  }

  #pump(): void {
    this.#retry = undefined;
    for (let piece = this.#queue[0]; piece !== undefined; piece = this.#queue[0]) {
      const count = this.#writeSome(piece.bytes);
      if (count === undefined) return;
      this.#queuedBytes -= count;
      piece.bytes = piece.bytes.subarray(count);
      if (piece.bytes.length > 0) continue;
      this.#queue.shift();
      // Not in the caller's own stack, yet before any answer can be read.
      if (piece.written !== undefined) queueMicrotask(piece.written);
    }
  }

  /** How many bytes were taken; undefined where the rest has to wait, or the line is gone. */
  #writeSome(bytes: Uint8Array): number | undefined {
    try {
      return writeSync(this.#fd, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') {
        this.#retry = setTimeout(() => this.#pump(), limits.retryMs);
      } else {
        this.stop();
        this.#failed(error as Error);
      }
      return undefined;
    }
  }
}
