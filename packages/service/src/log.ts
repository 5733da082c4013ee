import winston from 'winston';
import type { Log } from './payments/ports.ts';

/** The log of the service: one line for each thing that happened, in words, with what it was about. */
export function createLog(level: 'error' | 'warn' | 'info' | 'debug'): Log {
  const logger = winston.createLogger({
    level,
    format: winston.format.printf(({ level: severity, message, fields }) =>
      logLine(new Date(), severity, String(message), (fields ?? {}) as Record<string, unknown>),
    ),
    transports: [new winston.transports.Console({ stderrLevels: ['error', 'warn'] })],
  });
  const at =
    (severity: string) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      logger.log(severity, message, { fields });
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

/** `2026-11-23 09:00:01.234 INFO  The terminal answered: approved. orderId=A1 paymentId=01J…` */
export function logLine(at: Date, severity: string, message: string, fields: Record<string, unknown>): string {
  const about = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${valueText(value)}`);
  return [localTime(at), severity.toUpperCase().padEnd(5), message, ...about].join(' ');
}

function localTime(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').replace('Z', '');
}

/** An error is told by its sentences, its causes' included; a text that could break the line is quoted. */
function valueText(value: unknown): string {
  const text =
    value instanceof Error ? causes(value) : typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return /^[\w.:/@+-]*$/.test(text) ? text : JSON.stringify(text);
}

function causes(error: Error): string {
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${causes(cause)})` : error.message;
}
