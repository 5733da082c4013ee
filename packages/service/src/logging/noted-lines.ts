import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { logLimits } from './log-limits.ts';
import type { Fields, Severity } from './log-text.ts';

export interface NotedLine {
  severity: Severity;
  message: string;
  fields: Fields;
  atMs: number;
}

/**
 * What was said and is not put into words yet. Masking a line takes its time, and whoever says something may be about to
 * acknowledge a frame: so it only takes note, and the words come when the event loop has nothing more urgent, a few at a time.
 */
export class NotedLines {
  readonly #clock: Clock;
  readonly #say: (line: NotedLine) => void;
  #lines: NotedLine[] = [];
  #scheduled = false;
  #lost = 0;

  constructor(clock: Clock, say: (line: NotedLine) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  note(severity: Severity, message: string, fields: Fields): void {
    if (this.#lines.length >= logLimits.notedLines) {
      this.#lost += 1;
      return;
    }
    this.#lines.push({ severity, message, fields, atMs: this.#clock.nowMs() });
    this.#schedule();
  }

  /** All of it, now. */
  sayAll(): void {
    while (this.#lines.length > 0) this.#saySome();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#saySome();
      if (this.#lines.length > 0) this.#schedule();
    });
  }

  #saySome(): void {
    for (const line of this.#lines.splice(0, logLimits.linesAtOnce)) this.#say(line);
    if (this.#lost === 0 || this.#lines.length > 0) return;
    const message = `${this.#lost} lines of the log were lost here: there were too many at once.`;
    this.#lost = 0;
    this.#say({ severity: 'warn', message, fields: {}, atMs: this.#clock.nowMs() });
  }
}
