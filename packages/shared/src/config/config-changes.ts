import type { FieldKey } from './fields.ts';

/** The text of each key that is to be written; null takes the key out of the file. */
export type ConfigChanges = Partial<Record<FieldKey, string | null>>;
