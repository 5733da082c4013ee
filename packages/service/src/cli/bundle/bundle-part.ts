import type { ParsedConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import type { CliWorld } from '../cli-world.ts';

/** What there is to make a bundle of, as far as it could be read. */
export interface BundleSources {
  world: CliWorld;
  dataFolder: string;
  config: { text: string; parsed: ParsedConfig } | { unreadable: string };
  /** How many days of the log. */
  days: number;
}

/** One file of the bundle. What cannot be had is named in its manifest, with why. */
export interface BundlePart {
  name: string;
  /** For whoever opens the bundle. */
  what: string;
  /** Its text; rejects with the reason where there is none. */
  read: () => Promise<string>;
}
