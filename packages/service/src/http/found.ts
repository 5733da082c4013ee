import { maskDigits } from '@hipay-ecr/shared/masked.ts';
import { httpLimits } from './http-limits.ts';

/** What no line of a log and no message should hold as it is. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** What was found, for a message: a scalar as it is written, cut short; of anything else only what it is. */
export function found(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return shortened(typeof value === 'number' ? String(value) : JSON.stringify(value));
}

/** The kind of what was found, where its content is nobody's business. */
export function foundKind(value: unknown): string {
  return typeof value === 'object' || value === undefined ? found(value) : `a ${typeof value}`;
}

/** A text that came from outside, fit for a message: no card number, no control characters, not long. */
export function shortened(text: string): string {
  const cut = text.slice(0, httpLimits.readCharacters);
  const safe = maskDigits(cut).replaceAll(UNPRINTABLE, escaped);
  return safe.length <= httpLimits.shownCharacters ? safe : `${safe.slice(0, httpLimits.shownCharacters)}...`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** At most so many sentences; the rest is counted. */
export function firstFew(sentences: string[]): string[] {
  if (sentences.length <= httpLimits.sentences) return sentences;
  return [...sentences.slice(0, httpLimits.sentences), `and ${sentences.length - httpLimits.sentences} more`];
}
