import type { Cancel, Clock } from '../clock.ts';
import { LINK_LIMITS } from './link-limits.ts';
import type { LinkState } from './link-state.ts';

/** One event of the line, for the trace: bytes as they travelled (bit 7 cleared), or a remark. */
export interface TraceEvent {
  /** Wall time. */
  atMs: number;
  direction: 'out' | 'in' | 'note';
  bytes?: Uint8Array;
  text?: string;
}

/** The longest run of bytes told as one event; what exceeds it is counted only. */
const RUN_BYTES = 2 * LINK_LIMITS.dataBytes;

/**
 * Gathers what is heard into whole frames and whole runs, as a card number told in pieces could not be masked.
 */
export class HeardBytes {
  readonly #clock: Clock;
  readonly #tell: (event: TraceEvent) => void;
  #bytes: number[] = [];
  /** Remarks that fall into a run are told after it. */
  #notes: TraceEvent[] = [];
  #left = 0;
  #sinceMs = 0;
  #cancel: Cancel | undefined;

  constructor(clock: Clock, tell: (event: TraceEvent) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Takes one byte, after which the link is in `state`. */
  hear(byte: number, state: LinkState): void {
    if (this.#bytes.length === 0) this.#sinceMs = this.#clock.nowMs();
    if (this.#bytes.length < RUN_BYTES) this.#bytes.push(byte);
    else this.#left += 1;
    this.#cancel?.();
    this.#cancel = undefined;
    const { at } = state.phase;
    const goesOn = state.deframer.at !== 'outside' || at === 'dropping' || at === 'quieting' || byte >= 0x20;
    if (goesOn) this.#cancel = this.#clock.after(LINK_LIMITS.byteMs, () => this.flush());
    else this.flush();
  }

  /** A remark about what is heard. */
  note(text: string): void {
    this.#notes.push({ atMs: this.#clock.nowMs(), direction: 'note', text });
    if (this.#cancel === undefined) this.flush();
  }

  /** Tells what has been gathered. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const bytes = Uint8Array.from(this.#bytes);
    const notes = this.#notes;
    if (this.#left > 0)
      notes.unshift({ atMs: this.#clock.nowMs(), direction: 'note', text: `and ${this.#left} more bytes` });
    this.#bytes = [];
    this.#notes = [];
    this.#left = 0;
    if (bytes.length > 0) this.#tell({ atMs: this.#sinceMs, direction: 'in', bytes });
    for (const note of notes) this.#tell(note);
  }
}
