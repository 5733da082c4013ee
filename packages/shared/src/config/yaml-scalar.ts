import type { FieldKey } from './fields.ts';
import { fields } from './fields.ts';

/** Words that YAML 1.1, which other programs may still read the file by, takes for something else than text. */
const WORDS = /^(y|yes|n|no|true|false|on|off|null)$/i;

/** The items of a list's text. */
export function itemsOf(text: string): string[] {
  return text.split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
}

/** The text in the form in which it is written: without the blanks around it, where they mean nothing. */
export function writtenText(key: FieldKey, text: string): string {
  const { secret, number } = fields[key];
  if (secret) return text;
  return number ? text.trim().replace(',', '.') : text.trim();
}

/** Whether a text can stand without quotes, whoever reads it. */
export function isPlain(key: FieldKey, text: string): boolean {
  return fields[key].number === true || (/^[A-Za-z/][\w./-]*$/.test(text) && !WORDS.test(text));
}

/** The value of a key as config.yml has it. */
export function yamlScalar(key: FieldKey, text: string): string {
  if (fields[key].list)
    return `[${itemsOf(text)
      .map((item) => (isPlain(key, item) ? item : JSON.stringify(item)))
      .join(', ')}]`;
  const written = writtenText(key, text);
  return isPlain(key, written) ? written : JSON.stringify(written);
}
