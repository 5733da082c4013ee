import { numericByAlpha } from './iso-4217.ts';
import { maskDigits } from './masked.ts';

/**
 * How long the numbers of each issuer are, by what they begin with (ISO/IEC 7812; Wikipedia, "Payment card number",
 * table of issuer identification numbers). It tells card numbers from the other long numbers of a log: a time in milli-,
 * micro- or nanoseconds begins with 1, one as 20260105143210 with 20, and no issuer has numbers of that length there.
 */
const ISSUED: readonly RegExp[] = [
  // Visa
  /^4(\d{12}|\d{15}|\d{18})$/,
  // Mastercard, and Mir
  /^(5[1-5]\d{14}|2(2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}|220[0-4]\d{12,15})$/,
  // American Express, Diners Club, JCB
  /^(3[47]\d{13}|3(0[0-5]|[68]\d|9)\d{11,16}|35(2[89]|[3-8]\d)\d{12,15})$/,
  // Maestro, Discover, UnionPay, RuPay, Dankort and others that begin so
  /^(50\d{11,17}|5[6-9]\d{11,17}|6\d{12,18}|8[12]\d{14,17}|9792\d{12})$/,
];

/** Whether these digits can be a whole card number: of an issuer's length, with the check digit that Luhn's formula gives. */
export function isCardNumber(digits: string): boolean {
  return hasCheckDigit(digits) && ISSUED.some((shape) => shape.test(digits));
}

function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    sum += place % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 === 0;
}

const LEAST = 13;
const MOST = 19;
/** From here on a piece of a number that is written in pieces may be shorter than its last one. */
const PIECE = 4;

/**
 * Digits, and what may stand between the pieces of a number: blanks, dashes and the like, also `","` between the texts of a
 * list, and NUL, by which a caller joins texts that belong together.
 */
const STRETCH = /\d+(?:[ \-./_,"'\\\0]{1,6}\d+)*/g;

/**
 * Frames of the line may be nothing but digits: a short answer, a request up to its letters, and the answers that repeat more
 * of it (payment-request.ts, payment-reply.ts). No field of theirs is as long as a card number. By how many digits there
 * are, where the currency (ISO 4217) stands among them.
 */
const CURRENCY_AT: Readonly<Record<number, number>> = { 25: 12, 26: 13, 27: 14, 29: 14 };
const CURRENCIES = new Set(numericByAlpha.values());

function isFrame(digits: string): boolean {
  const at = CURRENCY_AT[digits.length];
  return at !== undefined && CURRENCIES.has(digits.slice(at, at + 3));
}

/** The text with each card number in it masked, all else as it was, and how many there were. */
export function maskCardNumbers(text: string): { text: string; found: number } {
  let found = 0;
  const masked = text.replace(STRETCH, (stretch) => {
    if (stretch.length < LEAST) return stretch;
    const places = cardNumbersIn(stretch);
    found += places.length;
    let at = 0;
    const shown = places.map(({ from, to }) => {
      const between = stretch.slice(at, from);
      at = to;
      return between + maskedNumber(stretch.slice(from, to));
    });
    return shown.join('') + stretch.slice(at);
  });
  return { text: masked, found };
}

interface Piece {
  from: number;
  digits: string;
}

/** They never overlap: the first one that fits counts, the longest first. */
function cardNumbersIn(stretch: string): { from: number; to: number }[] {
  const pieces = [...stretch.matchAll(/\d+/g)].map(({ 0: digits, index }): Piece => ({ from: index, digits }));
  const places: { from: number; to: number }[] = [];
  for (let first = 0; first < pieces.length; first += 1) {
    const last = lastPieceOfNumber(pieces, first);
    const { from, digits } = pieces[first] as Piece;
    if (last !== undefined) {
      const end = pieces[last] as Piece;
      places.push({ from, to: end.from + end.digits.length });
      first = last;
    } else if (digits.length > MOST && !isFrame(digits)) {
      places.push(...numbersInside(digits).map((place) => ({ from: from + place.from, to: from + place.to })));
    }
  }
  return places;
}

/** Whether a number begins with this piece, and with which one it ends. */
function lastPieceOfNumber(pieces: Piece[], first: number): number | undefined {
  let digits = '';
  let last: number | undefined;
  const size = pieces[first]?.digits.length ?? 0;
  for (let n = first; n < pieces.length && digits.length <= MOST; n += 1) {
    const before = pieces[n - 1]?.digits.length ?? 0;
    // All are of one size, or none is shorter than people write them; the last one is what is left.
    if (n > first && before !== size && before < PIECE) break;
    if (n > first && size < PIECE && before !== size) break;
    digits += pieces[n]?.digits;
    if (digits.length >= LEAST && isCardNumber(digits)) last = n;
  }
  return last;
}

/** In more digits than any card number has: wherever one may stand. */
function numbersInside(digits: string): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  for (let from = 0; from + LEAST <= digits.length; from += 1) {
    for (let length = Math.min(MOST, digits.length - from); length >= LEAST; length -= 1) {
      if (!isCardNumber(digits.slice(from, from + length))) continue;
      places.push({ from, to: from + length });
      from += length - 1;
      break;
    }
  }
  return places;
}

/** Its first six and last four digits stay, and what stood between its pieces. */
function maskedNumber(number: string): string {
  const masked = [...maskDigits(number.replace(/\D/g, ''))];
  return number.replace(/\d/g, () => masked.shift() ?? '*');
}
