import { maskCardNumbers } from './card-number.ts';
import { HIDDEN } from './masked.ts';

/** A text that may be shown to anybody, and what had to be taken out of it. */
export interface CleanText {
  text: string;
  secrets: number;
  cardNumbers: number;
}

export type Clean = (text: string) => CleanText;

/** A shorter secret is found only as a word of its own: `1234` inside of every number would make a log unreadable. */
const LEAST_INSIDE_WORDS = 6;

/** Credentials by their looks, whosever they are: a header, an address with a password in it. */
const CREDENTIALS = [
  /(?<=\b(?:Basic|Bearer) )[A-Za-z0-9+/_.~-]{8,}=*/g,
  /(?<=authorization[\\"']{0,4} ?[:=] ?[\\"']{0,4})(?!\[hidden\])(?!(?:Basic|Bearer) )[^\s"',}\\]+/gi,
  /(?<=:\/\/)(?!\[hidden\])[^\s/@"'<>]+(?=@)/g,
];

/** Takes these secrets, all credentials and all card numbers out of texts. */
export function cleanerOf(secrets: readonly string[]): Clean {
  const known = matcherOf(secrets);
  return (text) => {
    let hidden = 0;
    const hide = (): string => {
      hidden += 1;
      return HIDDEN;
    };
    let shown = known === undefined ? text : text.replace(known, hide);
    for (const credentials of CREDENTIALS) shown = shown.replace(credentials, hide);
    const { text: clean, found } = maskCardNumbers(shown);
    return { text: clean, secrets: hidden, cardNumbers: found };
  };
}

/** The longest first, as one may contain another. One that stands in `[hidden]` itself is nothing to be found. */
function matcherOf(secrets: readonly string[]): RegExp | undefined {
  const longestFirst = secrets.filter((secret) => !HIDDEN.includes(secret)).toSorted((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return undefined;
  const patterns = longestFirst.map((secret) => {
    const literal = secret.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    return secret.length < LEAST_INSIDE_WORDS ? `(?<![A-Za-z0-9])${literal}(?![A-Za-z0-9])` : literal;
  });
  return new RegExp(patterns.join('|'), 'g');
}
