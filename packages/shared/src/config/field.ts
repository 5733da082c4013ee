import type { Language } from '../error-code.ts';
import type { Parse } from './value-parsers.ts';

/** One key of config.yml. */
export interface Field<T> {
  parse: Parse<T>;
  /**
   * required: it must be there · written: it has a default, and a new file holds it all the same · contract: required
   * where its contract is there · optional: it may be absent, and a new file shows it as a comment.
   */
  presence: 'required' | 'written' | 'contract' | 'optional';
  /** As one would write it. */
  default?: string;
  /** What a comment shows where there is no default. */
  example?: string;
  /** Its value is never shown. */
  secret?: true;
  /** A sequence in the file; its text has commas. */
  list?: true;
  /** A number in the file, written without quotes. */
  number?: true;
  /** The variable of the environment that wins over the file. */
  variable?: 'HIPAY_PASSWORD' | 'TP_MANAGER_API_PASSWORD';
  /** Stands above the key. */
  comment: Record<Language, string>;
}
