import type { ErrorCode } from 'yaml';

interface Mistake {
  found: string;
  expected: string;
}

const QUOTES = 'quotes around a value that begins with a sign such as * & ! % @ or contains ": " or " #"';
const reserved: Mistake = { found: 'a value that begins with a sign of YAML', expected: QUOTES };
const colon: Mistake = { found: 'a second ": " in the same line', expected: QUOTES };

/**
 * What the mistakes that the YAML parser tells apart mean to somebody who edits the file. Its own messages are not shown:
 * they repeat pieces of the text, which may be a password.
 */
const mistakes: Partial<Record<ErrorCode, Mistake>> = {
  BAD_SCALAR_START: reserved,
  BAD_DIRECTIVE: reserved,
  BAD_ALIAS: reserved,
  MULTIPLE_TAGS: reserved,
  MULTIPLE_ANCHORS: reserved,
  BLOCK_AS_IMPLICIT_KEY: colon,
  MULTILINE_IMPLICIT_KEY: { found: 'a line without a colon', expected: 'key: value' },
  BAD_DQ_ESCAPE: { found: 'a backslash in double quotes', expected: 'two backslashes for one, or single quotes' },
  BAD_INDENT: { found: 'a line that is indented differently', expected: 'keys of one level below each other' },
  TAB_AS_INDENT: { found: 'a tab at the beginning of a line', expected: 'spaces' },
  MISSING_CHAR: { found: 'no end', expected: 'the closing quote or bracket, or a space after the colon' },
  MULTIPLE_DOCS: { found: 'a second document (---)', expected: 'one only' },
  UNEXPECTED_TOKEN: { found: 'text that belongs to nothing', expected: 'key: value, with the whole value in quotes' },
  RESOURCE_EXHAUSTION: { found: 'lists or mappings inside each other without end', expected: 'key: value' },
};

export function syntaxMistake(code: ErrorCode): Mistake {
  return mistakes[code] ?? { found: `what cannot be read as YAML (${code})`, expected: 'key: value' };
}
