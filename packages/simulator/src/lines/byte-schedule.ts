/** A start bit, eight bits (or seven and a parity bit), a stop bit. */
const BITS_PER_BYTE = 10;

/** One direction of a line of a certain speed, as arithmetic: when bytes have arrived that were handed in now. */
export class ByteSchedule {
  readonly byteMs: number;
  #freeAtMs = Number.NEGATIVE_INFINITY;

  constructor(baud: number) {
    this.byteMs = (BITS_PER_BYTE * 1000) / baud;
  }

  /** When the last of `count` bytes, handed in at `nowMs`, is there: they queue behind those that still travel. */
  arrivalMs(nowMs: number, count: number): number {
    this.#freeAtMs = Math.max(nowMs, this.#freeAtMs) + count * this.byteMs;
    return this.#freeAtMs;
  }
}
