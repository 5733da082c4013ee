import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import type { LineListener } from '@hipay-ecr/shared/concert/line.ts';
import type { OpenedLine } from './open-line.ts';
import { terminalLimits } from './terminal-limits.ts';

/** What happens to the line, told to its owner. */
export interface LineKeeperListener {
  opened(opened: OpenedLine): void;
  bytes(bytes: Uint8Array): void;
  /** It was open, and is gone. */
  lost(reason: string): void;
  /** It could not be opened; it will be tried again. */
  failed(reason: string): void;
}

/** Keeps the line to the terminal open: opens it, notices that it is gone, and opens it again for as long as it takes. */
export class LineKeeper {
  readonly #clock: Clock;
  readonly #open: (listener: LineListener) => Promise<OpenedLine>;
  readonly #listener: LineKeeperListener;
  #current: OpenedLine | undefined;
  #openedAtMs = 0;
  #attempts = 0;
  #stopped = false;
  #isAttempting = false;
  #cancelRetry: Cancel | undefined;

  constructor(clock: Clock, open: (listener: LineListener) => Promise<OpenedLine>, listener: LineKeeperListener) {
    this.#clock = clock;
    this.#open = open;
    this.#listener = listener;
  }

  /** Resolves once the line is open or known to be absent. */
  async start(): Promise<void> {
    await this.#attempt();
  }

  /**
   * Tries an absent line without waiting for its pause to end: what comes of it, or of the attempt under way, is told as ever.
   * Where it fails the pauses go on as if nothing had been tried. False where there is nothing to try.
   */
  tryNow(): boolean {
    if (this.#stopped || this.#current !== undefined) return false;
    void this.#attempt();
    return true;
  }

  stop(): void {
    this.#stopped = true;
    this.#endPause();
    const line = this.#current?.line;
    this.#current = undefined;
    line?.close();
  }

  async #attempt(): Promise<void> {
    // A port that is opened twice at a time keeps itself out.
    if (this.#isAttempting) return;
    this.#isAttempting = true;
    // What an eager line tells before its opening is over waits, so that the owner hears things in their order.
    const early: Uint8Array[] = [];
    let opened: OpenedLine | undefined;
    let closedBecause: string | undefined;
    const isCurrent = () => opened !== undefined && opened === this.#current;
    try {
      opened = await this.#open({
        bytes: (bytes) => {
          if (isCurrent()) this.#listener.bytes(bytes);
          else if (opened === undefined) early.push(bytes);
        },
        closed: (reason) => {
          closedBecause ??= reason;
          if (isCurrent()) this.#lose(reason);
        },
      });
    } catch (cause) {
      this.#isAttempting = false;
      if (this.#stopped) return;
      this.#listener.failed(cause instanceof Error ? cause.message : String(cause));
      this.#retryLater();
      return;
    }
    this.#isAttempting = false;
    if (this.#stopped) return opened.line.close();
    this.#endPause();
    this.#current = opened;
    this.#openedAtMs = this.#clock.monotonicMs();
    this.#listener.opened(opened);
    for (const bytes of early) if (isCurrent()) this.#listener.bytes(bytes);
    if (closedBecause !== undefined && isCurrent()) this.#lose(closedBecause);
  }

  #lose(reason: string): void {
    this.#current = undefined;
    // A line that closes as soon as it opens (a device server that already serves another till) is not opened in a hurry.
    if (this.#clock.monotonicMs() - this.#openedAtMs >= terminalLimits.openLongEnoughMs) this.#attempts = 0;
    this.#listener.lost(reason);
    this.#retryLater();
  }

  #retryLater(): void {
    if (this.#stopped || this.#cancelRetry !== undefined) return;
    const pauses = terminalLimits.reopenAfterMs;
    const pauseMs = pauses[Math.min(this.#attempts, pauses.length - 1)] ?? 0;
    this.#attempts++;
    this.#cancelRetry = this.#clock.after(pauseMs, () => {
      this.#cancelRetry = undefined;
      void this.#attempt();
    });
  }

  #endPause(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
  }
}
