import Transport from 'winston-transport';
import type { LineQueue } from './line-queue.ts';
import { localDayOf, type Severity } from './log-text.ts';

/** What winston carries from the log to the transports. */
export interface LogEntry {
  level: Severity;
  message: string;
  atMs: number;
}

/** A transport of winston that never keeps its logger waiting: the queue does the writing. */
export class LinesTransport extends Transport {
  readonly #queueOf: (severity: Severity) => LineQueue;
  readonly #lineOf: (entry: LogEntry) => string;

  constructor(
    level: Severity,
    rooms: { queueOf: (severity: Severity) => LineQueue; lineOf: (entry: LogEntry) => string },
  ) {
    super({ level });
    this.#queueOf = rooms.queueOf;
    this.#lineOf = rooms.lineOf;
  }

  override log(entry: LogEntry, next: () => void): void {
    this.#queueOf(entry.level).push({ day: localDayOf(entry.atMs), text: this.#lineOf(entry) });
    next();
  }
}
