import { answerFields } from '@hipay-ecr/shared/config/answer-fields.ts';
import type { FieldKey } from '@hipay-ecr/shared/config/fields.ts';

/** What a key takes, as the object of a sentence: what its own parser says. */
export function expectedInEnglish(key: FieldKey): string {
  // No value has a control character in it, so that this is refused by each, with its own words.
  const parsed = answerFields[key].parse('\u0000');
  return parsed.ok ? 'a value' : parsed.expected;
}
