import type { Log } from '../../packages/service/src/payments/ports.ts';

/** A log whose lines, with their fields, are read for secrets afterwards. */
export function logInto(lines: string[]): Log {
  const keep = (level: string) => (message: string, fields?: Record<string, unknown>) => {
    const cause = fields?.cause instanceof Error ? fields.cause.message : undefined;
    lines.push(`${level}: ${message} ${JSON.stringify({ ...fields, ...(cause !== undefined && { cause }) })}`);
  };
  return { error: keep('error'), warn: keep('warn'), info: keep('info'), debug: keep('debug') };
}
