import type { Log } from './ports.ts';

export const silentLog: Log = { error() {}, warn() {}, info() {}, debug() {} };

/** A log that can be read: each line as its level and its message. */
export class KeptLog implements Log {
  readonly lines: string[] = [];
  error(message: string): void {
    this.lines.push(`error: ${message}`);
  }
  warn(message: string): void {
    this.lines.push(`warn: ${message}`);
  }
  info(message: string): void {
    this.lines.push(`info: ${message}`);
  }
  debug(message: string): void {
    this.lines.push(`debug: ${message}`);
  }
}
