import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

export const folders = {
  /** Packages of other systems, as npm fetched them. */
  fetched: join(root, '.cache', 'fetched'),
  /** What was made before, by the digest of all that it was made from. */
  made: join(root, '.cache', 'made'),
  /** What is delivered. */
  out: join(root, 'out'),
} as const;
