import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import { terminalLimits } from './terminal-limits.ts';

export interface KeepAliveRooms {
  clock: Clock;
  everyMs: number;
  /** Nothing is asked and nothing in doubt: the terminal may be spoken to. */
  mayProbe(): boolean;
  /** When the last byte came, monotonic; null where none ever did. */
  lastHeardAtMs(): number | null;
  probe(): Promise<void>;
}

/**
 * Asks an idle terminal now and then whether it is there: some cut a USB line on which nothing is said for hours
 * (OCA/pos issue 701). One ENQ, never while an answer may be coming (rule 10).
 */
export class KeepAlive {
  readonly #rooms: KeepAliveRooms;
  #openedAtMs = 0;
  #probedAtMs: number | undefined;
  #cancel: Cancel | undefined;

  constructor(rooms: KeepAliveRooms) {
    this.#rooms = rooms;
  }

  lineOpened(): void {
    this.#openedAtMs = this.#rooms.clock.monotonicMs();
    this.#probedAtMs = undefined;
    this.#checkLater();
  }

  lineClosed(): void {
    this.#cancel?.();
  }

  #checkLater(): void {
    this.#cancel?.();
    this.#cancel = this.#rooms.clock.after(terminalLimits.probeCheckMs, () => {
      this.#checkLater();
      if (!this.#isDue()) return;
      this.#probedAtMs = this.#rooms.clock.monotonicMs();
      void this.#rooms.probe();
    });
  }

  #isDue(): boolean {
    const { clock, everyMs, lastHeardAtMs, mayProbe } = this.#rooms;
    const nowMs = clock.monotonicMs();
    const quietSinceMs = Math.max(this.#openedAtMs, lastHeardAtMs() ?? this.#openedAtMs);
    if (nowMs - quietSinceMs < terminalLimits.quietBeforeProbeMs) return false;
    if (this.#probedAtMs !== undefined && nowMs - this.#probedAtMs < everyMs) return false;
    return mayProbe();
  }
}
