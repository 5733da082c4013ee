/** Where a text stops being JSON, for a person to find it. */
export interface JsonFault {
  line: number;
  column: number;
  found: string;
  expected: string;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SHOWN_CHARACTERS = 12;

type Bracket = '[' | '{';

/** What may stand next; the first item or name of a bracket differs from those after a comma, as there the bracket may close. */
type Awaited = 'value' | 'firstItem' | 'firstName' | 'name' | 'colon' | 'commaOrEnd' | 'nothing';
type Step = { at: number; awaited: Awaited } | { at: number; expected: string };

/**
 * The first place at which `text` is not JSON; undefined where it is. JSON.parse names a position only sometimes, and in
 * words that change from version to version.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: Bracket[] = [];
  let awaited: Awaited = 'value';
  let at = skip(SPACE, text, 0);
  while (awaited !== 'nothing') {
    const next = step(awaited, text, at, open);
    if ('expected' in next) return fault(text, next.at, next.expected);
    awaited = next.awaited;
    at = skip(SPACE, text, next.at);
  }
  return at === text.length ? undefined : fault(text, at, 'nothing more');
}

function step(awaited: Exclude<Awaited, 'nothing'>, text: string, at: number, open: Bracket[]): Step {
  const closes = open.at(-1) === '[' ? ']' : '}';
  switch (awaited) {
    case 'value':
      return value(text, at, open, 'a value');
    case 'firstItem':
      return text[at] === closes ? close(at, open) : value(text, at, open, 'a value or "]"');
    case 'firstName':
      return text[at] === closes ? close(at, open) : name(text, at, 'a name in double quotes or "}"');
    case 'name':
      return name(text, at, 'a name in double quotes');
    case 'colon':
      return text[at] === ':' ? { at: at + 1, awaited: 'value' } : { at, expected: '":" after a name' };
    case 'commaOrEnd':
      if (text[at] === closes) return close(at, open);
      if (text[at] !== ',') return { at, expected: `"," or "${closes}"` };
      return { at: at + 1, awaited: closes === ']' ? 'value' : 'name' };
  }
}

function value(text: string, at: number, open: Bracket[], expected: string): Step {
  const character = text[at];
  if (character === '[' || character === '{') {
    open.push(character);
    return { at: at + 1, awaited: character === '[' ? 'firstItem' : 'firstName' };
  }
  if (character === '"') {
    const end = stringEnd(text, at);
    return end.expected === undefined ? afterValue(end.at, open) : end;
  }
  const end = skip(SCALAR, text, at);
  return end === at ? { at, expected } : afterValue(end, open);
}

function name(text: string, at: number, expected: string): Step {
  if (text[at] !== '"') return { at, expected };
  const end = stringEnd(text, at);
  return end.expected === undefined ? { at: end.at, awaited: 'colon' } : end;
}

function close(at: number, open: Bracket[]): Step {
  open.pop();
  return afterValue(at + 1, open);
}

function afterValue(at: number, open: Bracket[]): Step {
  return { at, awaited: open.length === 0 ? 'nothing' : 'commaOrEnd' };
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

type StringEnd = { at: number; expected?: undefined } | { at: number; expected: string };

/** Where the string that begins at `from` ends, or what is wrong with it. */
function stringEnd(text: string, from: number): StringEnd {
  let at = from + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (Number.isNaN(code)) return { at, expected: 'the end of a text in double quotes' };
    if (code === 0x22) return { at: at + 1 };
    if (code < 0x20) return { at, expected: 'no control character inside double quotes (write it as an escape)' };
    if (code !== 0x5c) at += 1;
    else {
      const end = skip(ESCAPE, text, at);
      if (end === at) return { at, expected: 'an escape such as \\n, \\" or \\u00e9' };
      at = end;
    }
  }
}

function fault(text: string, at: number, expected: string): JsonFault {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  const rest = text.slice(at, at + SHOWN_CHARACTERS).split(/[\s,:[\]{}]/, 1)[0] || text.charAt(at);
  return { line, column, found: rest === '' ? 'the end' : JSON.stringify(rest), expected };
}
