import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { ENQ, STX } from '@hipay-ecr/shared/concert/control.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import type { Trouble } from './plan.ts';

export type HeldLineTrouble = Extract<Trouble, { kind: 'stuck_line' | 'slow_line' }>;

/** The way from us to the terminal, which a request may find standing still or slow; whatever is written later comes after it. */
export class HeldLine {
  readonly #clock: Clock;
  readonly #troubles: readonly HeldLineTrouble[];
  readonly #used: (kind: string) => void;
  #requests = 0;
  #hasAsked = false;
  #isHealed = false;

  constructor(clock: Clock, troubles: readonly HeldLineTrouble[], used: (kind: string) => void) {
    this.#clock = clock;
    this.#troubles = troubles;
    this.#used = used;
  }

  heal(): void {
    this.#isHealed = true;
  }

  /** A way that is opened anew holds nothing; what an earlier one held goes nowhere, as its line is closed. */
  opened(line: Line): Line['write'] {
    /** When the last byte that is held goes. */
    let freeMs = 0;
    let held = 0;
    const carry = (bytes: Uint8Array, atMs: number, handedOver?: () => void) => {
      freeMs = atMs;
      held += 1;
      this.#clock.after(atMs - this.#clock.monotonicMs(), () => {
        held -= 1;
        line.write(bytes, handedOver);
      });
    };
    return (bytes, handedOver) => {
      const nowMs = this.#clock.monotonicMs();
      const trouble = this.#next(bytes);
      if (trouble === undefined && held === 0) return line.write(bytes, handedOver);
      const fromMs = Math.max(nowMs, freeMs);
      if (trouble?.kind === 'slow_line') {
        for (const [i, byte] of bytes.entries()) carry(Uint8Array.of(byte), fromMs + i * trouble.byteMs);
        if (handedOver !== undefined) this.#clock.after(0, handedOver);
      } else if (trouble?.isTaken) {
        carry(bytes, fromMs + trouble.forMs);
        if (handedOver !== undefined) this.#clock.after(0, handedOver);
      } else carry(bytes, fromMs + (trouble?.forMs ?? 0), handedOver);
    };
  }

  /** A request is counted once, however often it is sent: after an ENQ of ours. */
  #next(bytes: Uint8Array): HeldLineTrouble | undefined {
    const [first] = bytes;
    const begins = first === STX && this.#hasAsked;
    this.#hasAsked = first === ENQ;
    if (!begins) return undefined;
    this.#requests += 1;
    const trouble = this.#troubles.find(({ nth }) => nth === this.#requests);
    if (trouble === undefined || this.#isHealed) return undefined;
    this.#used(
      trouble.kind === 'slow_line' ? 'line: slow' : `line: stuck, ${trouble.isTaken ? 'unnoticed' : 'noticed'}`,
    );
    return trouble;
  }
}
