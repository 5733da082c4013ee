import type { Clock } from '../clock.ts';
import type { Line, LineListener } from './line.ts';

export type WireEnd = 'left' | 'right';

export interface WireOptions {
  /** How long one byte takes. Default 1 ms, about 9600 baud. */
  byteMs?: number;
  /**
   * What becomes of the byte `from` sends: itself, another, several, none. `position` counts that end's bytes from 0,
   * those lost included.
   */
  alter?(byte: number, from: WireEnd, position: number): readonly number[];
}

/** Two lines joined in memory: what one end writes, the other hears, byte by byte, by the given clock. */
export class Wire {
  readonly #clock: Clock;
  readonly #byteMs: number;
  /** May be replaced at any time. */
  alter: NonNullable<WireOptions['alter']>;
  #listeners: Partial<Record<WireEnd, LineListener>> = {};
  #sent: Record<WireEnd, number> = { left: 0, right: 0 };
  /** When the last byte on its way arrives: bytes do not overtake each other. */
  #arrivesMs: Record<WireEnd, number> = { left: 0, right: 0 };

  constructor(clock: Clock, options: WireOptions = {}) {
    this.#clock = clock;
    this.#byteMs = options.byteMs ?? 1;
    this.alter = options.alter ?? ((byte) => [byte]);
  }

  /** How many bytes each end has sent. */
  get sent(): Readonly<Record<WireEnd, number>> {
    return { ...this.#sent };
  }

  /** Opens one end; what is on its way to it is heard by the new listener. */
  open(end: WireEnd, listener: LineListener): Line {
    if (this.#listeners[end] !== undefined) throw new Error(`the ${end} end is open already`);
    this.#listeners[end] = listener;
    const isOpen = () => this.#listeners[end] === listener;
    return {
      write: (bytes, handedOver) => {
        if (!isOpen()) return;
        this.#carry(end, bytes);
        if (handedOver !== undefined) this.#clock.after(0, handedOver);
      },
      close: () => {
        if (isOpen()) delete this.#listeners[end];
      },
    };
  }

  /** Pulls the plug: both ends hear that the line is gone. */
  cut(reason: string): void {
    const listeners = Object.values(this.#listeners);
    this.#listeners = {};
    for (const listener of listeners) listener.closed(reason);
  }

  #carry(from: WireEnd, bytes: Uint8Array): void {
    const to = from === 'left' ? 'right' : 'left';
    for (const byte of bytes) {
      for (const arriving of this.alter(byte, from, this.#sent[from]++)) {
        this.#arrivesMs[from] = Math.max(this.#arrivesMs[from], this.#clock.monotonicMs()) + this.#byteMs;
        const delayMs = this.#arrivesMs[from] - this.#clock.monotonicMs();
        this.#clock.after(delayMs, () => this.#listeners[to]?.bytes(Uint8Array.of(arriving)));
      }
    }
  }
}
