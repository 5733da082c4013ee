import { createRequire } from 'node:module';

/** The media types that the service may speak. Of the 2600 that mime-db knows, which express brings, they are the only ones that are looked up. */
export const SPOKEN_TYPES = [
  'application/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'image/png',
  'image/svg+xml',
  'image/x-icon',
  'text/css',
  'text/csv',
  'text/html',
  'text/javascript',
  'text/plain',
] as const;

/** What stands in the executable for mime-db: what it says of these types. Reading all of it takes a tenth of the start. */
export function spokenTypes(): string {
  const all = createRequire(import.meta.url)('mime-db') as Record<string, unknown>;
  return `module.exports = ${JSON.stringify(Object.fromEntries(SPOKEN_TYPES.map((type) => [type, all[type]])))};`;
}
