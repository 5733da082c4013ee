import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import { logLimits } from './log-limits.ts';

export interface LogLine {
  /** The day on which it was said, by the local clock. */
  day: string;
  text: string;
}

export function textOf(lines: readonly LogLine[]): string {
  return lines.map(({ text }) => text).join('');
}

/** Where lines go, those of one day at a time. Rejects where they could not be written: then none of them was. */
export type WriteLines = (lines: LogLine[]) => Promise<void>;

/**
 * Lines on their way to a place that may be slow, full or gone: one write at a time, so that it never has more than one
 * thread of Node's few, and bounded memory. What has no room is counted, and said once there is room again.
 */
export class LineQueue {
  readonly #write: WriteLines;
  readonly #clock: Clock;
  readonly #said: (problem: string | undefined, lost: number) => void;
  #waiting: LogLine[] = [];
  #writing: LogLine[] = [];
  #characters = 0;
  #lost = 0;
  #problem: string | undefined;
  #cancelRetry: Cancel | undefined;
  #idle: (() => void)[] = [];

  /** `said` hears when it begins to fail, and, with how many lines were lost, when it works again. */
  constructor(write: WriteLines, clock: Clock, said: (problem: string | undefined, lost: number) => void) {
    this.#write = write;
    this.#clock = clock;
    this.#said = said;
  }

  /** Why nothing can be written just now. */
  get problem(): string | undefined {
    return this.#problem;
  }

  push(line: LogLine): void {
    if (this.#characters + line.text.length > logLimits.waitingCharacters) {
      this.#lost += 1;
      return;
    }
    this.#characters += line.text.length;
    this.#waiting.push(line);
    if (this.#writing.length === 0 && this.#cancelRetry === undefined) void this.#pump();
  }

  /** Resolves once all is written, or writing has failed; tries again at once what had failed. */
  async drained(): Promise<void> {
    if (this.#cancelRetry !== undefined) this.#retry();
    while (this.#writing.length > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Gives up what is not known to be written: for the last words of a process. */
  takeUnwritten(): LogLine[] {
    return [...this.#writing, ...this.#waiting.splice(0)];
  }

  async #pump(): Promise<void> {
    while (this.#waiting.length > 0) {
      const day = this.#waiting[0]?.day;
      const next = this.#waiting.findIndex((line) => line.day !== day);
      this.#writing = this.#waiting.splice(0, next === -1 ? this.#waiting.length : next);
      try {
        await this.#write(this.#writing);
      } catch (cause) {
        this.#failed((cause as Error).message);
        break;
      }
      this.#characters -= this.#writing.reduce((sum, { text }) => sum + text.length, 0);
      this.#writing = [];
      this.#works();
    }
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #failed(problem: string): void {
    this.#waiting.unshift(...this.#writing);
    this.#writing = [];
    this.#cancelRetry = this.#clock.after(logLimits.againMs, () => this.#retry());
    const isNews = this.#problem === undefined;
    this.#problem = problem;
    if (isNews) this.#said(problem, this.#lost);
  }

  #retry(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
    void this.#pump();
  }

  #works(): void {
    const [lost, failed] = [this.#lost, this.#problem !== undefined];
    this.#lost = 0;
    this.#problem = undefined;
    if (failed || lost > 0) this.#said(undefined, lost);
  }
}
