import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import { LineQueue } from './line-queue.ts';
import { LogFolder } from './log-folder.ts';
import { logLimits } from './log-limits.ts';
import { lineForPeople, localDayOf } from './log-text.ts';

export interface LogOnDiskOptions {
  folder: string;
  keepDays: number;
  clock: Clock;
  /** Where it is told that the file itself cannot be written. */
  complain: (sentence: string) => void;
}

/** The log on disk: its folder, and the queue of the lines on their way there. */
export class LogOnDisk {
  readonly queue: LineQueue;
  readonly #folder: LogFolder;
  readonly #clock: Clock;
  readonly #path: string;
  #cancelTidying: Cancel = () => {};

  constructor({ folder, keepDays, clock, complain }: LogOnDiskOptions) {
    this.#folder = new LogFolder(folder, keepDays, clock);
    this.#clock = clock;
    this.#path = folder;
    this.queue = new LineQueue(
      (lines) => this.#folder.write(lines),
      clock,
      (problem, lost) => {
        if (problem !== undefined) complain(this.#sentenceOn(problem));
        else if (lost > 0) this.#tellLost(lost);
      },
    );
    this.#tidy();
  }

  /** A sentence. */
  get problem(): string | undefined {
    const { problem } = this.queue;
    return problem === undefined ? undefined : this.#sentenceOn(problem);
  }

  close(): Promise<void> {
    this.#cancelTidying();
    return this.queue.drained();
  }

  lastWords(): void {
    try {
      this.#folder.writeNow(this.queue.takeUnwritten());
    } catch {
      // The console has heard of it, and there is nobody else to tell.
    }
  }

  #sentenceOn(problem: string): string {
    return `The log cannot be written to ${this.#path} (${problem}); payments go on without it.`;
  }

  #tellLost(lost: number): void {
    const atMs = this.#clock.nowMs();
    const sentence = `${lost} lines of the log were lost here: they could not be written in time.`;
    this.queue.push({ day: localDayOf(atMs), text: lineForPeople(atMs, 'warn', sentence) });
  }

  #tidy(): void {
    void this.#folder.tidy();
    this.#cancelTidying = this.#clock.after(logLimits.tidyMs, () => this.#tidy());
  }
}
