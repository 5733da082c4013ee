import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import { terminalLimits } from './terminal-limits.ts';

export interface AwaitedAnswerRooms {
  clock: Clock;
  timeoutMs: number;
  /** When the last byte came, monotonic. */
  lastHeardAtMs(): number | null;
  /** It is awaited no longer, for its time is over. */
  givenUp(): void;
  /** It came damaged, and the terminal has been silent since. */
  lost(): void;
}

/** The answer that the terminal owes, from the frame on until it is kept, or its time is over. */
export class AwaitedAnswer {
  readonly #rooms: AwaitedAnswerRooms;
  #endWaiting: Cancel | undefined;
  #endSilence: Cancel = () => {};

  constructor(rooms: AwaitedAnswerRooms) {
    this.#rooms = rooms;
  }

  get isAwaited(): boolean {
    return this.#endWaiting !== undefined;
  }

  begin(): void {
    this.end();
    const { clock, timeoutMs, givenUp } = this.#rooms;
    this.#endWaiting = clock.after(timeoutMs, () => {
      this.end();
      givenUp();
    });
  }

  end(): void {
    this.#endWaiting?.();
    this.#endWaiting = undefined;
    this.#endSilence();
  }

  /** Each of its transmissions was damaged: where silence follows, nobody need wait for the deadline (rule 8). */
  damaged(): void {
    if (this.isAwaited) this.#lookLater(terminalLimits.silenceAfterDamageMs);
  }

  #lookLater(inMs: number): void {
    const { clock, lastHeardAtMs, lost } = this.#rooms;
    this.#endSilence();
    this.#endSilence = clock.after(inMs, () => {
      const silentMs = clock.monotonicMs() - (lastHeardAtMs() ?? 0);
      if (silentMs >= terminalLimits.silenceAfterDamageMs) lost();
      else this.#lookLater(terminalLimits.silenceAfterDamageMs - silentMs);
    });
  }
}
