import { hasTwoDecimals, minorFromText } from '../money.ts';

/** A value read from its text; where it cannot be, what is expected, as the object of a sentence. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; expected: string };
export type Parse<T> = (text: string) => Parsed<T>;

/** Longest text of one value. */
const MOST_CHARACTERS = 255;

function expect<T>(expected: string, read: (text: string) => T | undefined): Parse<T> {
  return (text) => {
    const value = read(text);
    return value === undefined ? { ok: false, expected } : { ok: true, value };
  };
}

/** One of these words. */
export function oneOf<const T extends string>(...words: T[]): Parse<T> {
  return expect(words.join(', ').replace(/, ([^,]*)$/, ' or $1'), (text) => words.find((word) => word === text.trim()));
}

/** One of these numbers. */
export function oneNumberOf<const T extends number>(...numbers: T[]): Parse<T> {
  const expected = numbers.join(', ').replace(/, ([^,]*)$/, ' or $1');
  return expect(expected, (text) => numbers.find((number) => String(number) === text.trim()));
}

/** A whole number of `what`, from `least` to `most`. */
export function wholeNumber(what: string, least: number, most: number): Parse<number> {
  return expect(`${what} from ${least} to ${most}`, (text) => {
    if (!/^(0|[1-9]\d{0,8})$/.test(text.trim())) return undefined;
    const number = Number(text);
    return number >= least && number <= most ? number : undefined;
  });
}

/** Text of a shape that `what` describes. */
export function shaped(what: string, shape: RegExp): Parse<string> {
  return expect(what, (text) => (shape.test(text.trim()) ? text.trim() : undefined));
}

/** Letters and digits, so many; small letters count as capitals, as HiPay and terminals write them. */
export function code(what: string, length: number): Parse<string> {
  const shape = new RegExp(`^[0-9A-Z]{${length}}$`);
  return expect(`${what}: ${length} digits or letters`, (text) => {
    const capitals = text.trim().toUpperCase();
    return shape.test(capitals) ? capitals : undefined;
  });
}

/** Printable text that may be shown; `but` are characters that cannot be in it. */
export function printable(what: string, but = ''): Parse<string> {
  const without = but === '' ? '' : ` without ${[...but].join(' ')}`;
  return expect(`${what}: 1 to ${MOST_CHARACTERS} printable characters${without}`, (text) => {
    const trimmed = text.trim();
    return isPrintable(trimmed) && ![...but].some((character) => trimmed.includes(character)) ? trimmed : undefined;
  });
}

/** Printable text that is kept as it is, its spaces included. */
export function secret(what: string): Parse<string> {
  const expected = `${what}: 1 to ${MOST_CHARACTERS} printable characters`;
  return expect(expected, (text) => (isPrintable(text) ? text : undefined));
}

/** Minor units of an amount in major ones; zero is one. */
export const threshold: Parse<number> = expect(
  'an amount from 0 to 999999.99 with at most two decimals, such as 100 or 49.90',
  (text) => minorFromText(text.trim()),
);

/** `01` to `99`; a single digit gets its zero. */
export const posNumber: Parse<string> = expect('a number from 01 to 99', (text) => {
  const trimmed = text.trim();
  return /^\d{1,2}$/.test(trimmed) && Number(trimmed) > 0 ? trimmed.padStart(2, '0') : undefined;
});

export const currency: Parse<string> = expect('an ISO 4217 currency of two decimals, such as EUR', (text) =>
  hasTwoDecimals(text.trim()) ? text.trim() : undefined,
);

/** Several values, separated by commas. */
export function listOf<T>(parse: Parse<T>, least: 0 | 1): Parse<T[]> {
  return (text) => {
    const parts = text.split(',').filter((part) => part.trim() !== '');
    const values: T[] = [];
    for (const part of parts) {
      const parsed = parse(part);
      if (!parsed.ok) return parsed;
      if (!values.includes(parsed.value)) values.push(parsed.value);
    }
    return values.length < least ? { ok: false, expected: 'at least one value' } : { ok: true, value: values };
  };
}

function isPrintable(text: string): boolean {
  return text.trim() !== '' && text.length <= MOST_CHARACTERS && !/[\p{C}\p{Zl}\p{Zp}\uFFFD]/u.test(text);
}
