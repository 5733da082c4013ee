import type { DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';

/**
 * How config.yml is read: every value is its own text (a rank 001 or a time 03:00 without quotes stays what it is), keys
 * that come twice are told by us, with their lines, and messages never show a piece of the file.
 */
export const yamlOptions = {
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  // 'silent' would also keep silent about a second document.
  logLevel: 'error',
} as const satisfies ParseOptions & DocumentOptions & SchemaOptions;
