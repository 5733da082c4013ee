import type { Log } from './payments/ports.ts';

/**
 * A log that is written once the turn of the event loop is over in which something happened: one line costs as much time as
 * several bytes on the line, and neither a till nor a terminal waits for it. `writeNow` is for the end of the process.
 */
export function logAfterwards(log: Log): Log & { writeNow(): void } {
  let waiting: (() => void)[] = [];
  const writeNow = (): void => {
    const lines = waiting;
    waiting = [];
    for (const write of lines) write();
  };
  const at =
    (severity: keyof Log): Log[typeof severity] =>
    (message, fields) => {
      if (waiting.length === 0) setImmediate(writeNow);
      waiting.push(() => log[severity](message, fields));
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), writeNow };
}
