import { cleanerOf } from '@hipay-ecr/shared/clean-text.ts';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import winston from 'winston';
import { isJournald, type Output, writeToStream } from './logging/console-lines.ts';
import { LineQueue } from './logging/line-queue.ts';
import { LinesTransport, type LogEntry } from './logging/lines-transport.ts';
import { logLimits } from './logging/log-limits.ts';
import { LogOnDisk } from './logging/log-on-disk.ts';
import { lineForJournald, lineForPeople, SEVERITIES, type Severity, textOf } from './logging/log-text.ts';
import { NotedLines } from './logging/noted-lines.ts';
import { before } from './payments/before.ts';
import type { Log } from './payments/ports.ts';

export interface LogOptions {
  level: Severity;
  /** In each form in which they could appear. */
  secrets: readonly string[];
  clock: Clock;
  console: {
    out: Output;
    err: Output;
    /** Where there is more on disk, the console may do with less. */
    level?: Severity;
    /** As systemd sets it. */
    journalStream?: string | undefined;
  };
  /** Where the files of the log stand; without it there are none. */
  files?: { folder: string; keepDays: number };
}

/** A log that can be closed. It costs whoever says something next to nothing: words and writing come later. */
export interface ServiceLog extends Log {
  /** Why the files of the log cannot be written just now. */
  readonly problem: string | undefined;
  /** Writes what is not written yet, within a moment. */
  close(): Promise<void>;
  /** For a process that ends at once: what is not known to be written goes into the file now. */
  lastWords(): void;
}

export function createLog({ level, secrets, clock, console, files }: LogOptions): ServiceLog {
  const clean = cleanerOf(secrets);
  const outQueue = new LineQueue(writeToStream(console.out, clock), clock, () => {});
  const errQueue = new LineQueue(writeToStream(console.err, clock), clock, () => {});
  const isError = (severity: Severity): boolean => severity === 'error' || severity === 'warn';
  const underJournald = {
    out: isJournald(console.out, console.journalStream),
    err: isJournald(console.err, console.journalStream),
  };
  const onConsole = new LinesTransport(atMost(console.level ?? level, level), {
    queueOf: (severity) => (isError(severity) ? errQueue : outQueue),
    lineOf: ({ level: severity, message, atMs }) =>
      underJournald[isError(severity) ? 'err' : 'out']
        ? lineForJournald(severity, message)
        : lineForPeople(atMs, severity, message),
  });
  const file = files && new LogOnDisk({ ...files, clock, complain: (sentence) => complain(sentence) });
  const inFile =
    file &&
    new LinesTransport(level, {
      queueOf: () => file.queue,
      lineOf: ({ level: severity, message, atMs }) => lineForPeople(atMs, severity, message),
    });
  const logger = winston.createLogger({ level, transports: inFile ? [onConsole, inFile] : [onConsole] });
  const complain = (sentence: string): void => {
    const entry: LogEntry = { level: 'warn', message: sentence, atMs: clock.nowMs() };
    onConsole.log(entry, () => {});
  };
  const noted = new NotedLines(clock, ({ severity, message, fields, atMs }) => {
    logger.log({ level: severity, message: textOf(message, fields, clean), atMs });
  });
  const at =
    (severity: Severity): Log['info'] =>
    (message, fields = {}) => {
      if (logger.isLevelEnabled(severity)) noted.note(severity, message, fields);
    };
  return {
    ...{ error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') },
    get problem() {
      return file?.problem;
    },
    async close() {
      noted.sayAll();
      const written = Promise.all([outQueue.drained(), errQueue.drained(), file?.close()]);
      await before(clock.monotonicMs() + logLimits.closeMs, written, clock);
    },
    lastWords() {
      noted.sayAll();
      file?.lastWords();
    },
  };
}

function atMost(one: Severity, other: Severity): Severity {
  return SEVERITIES[Math.min(SEVERITIES.indexOf(one), SEVERITIES.indexOf(other))] ?? one;
}
