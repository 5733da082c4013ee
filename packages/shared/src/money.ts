import { amountInText } from './amount-in-text.ts';
import { numericByAlpha } from './iso-4217.ts';

export const moneyLimits = {
  /** 999999.99: the amount field of a Concert V2 frame has eight digits (pyTeliumManager, OCA telium driver). */
  mostMinor: 99_999_999,
} as const;

export type ParsedAmount = { ok: true; minor: number } | { ok: false; expected: string };

const AMOUNT = 'a number, or a string such as "10.23" or "10,23"';
const RANGE = 'above 0, at most 999999.99';

/** Reads an amount as a till sends it. What is refused comes with what is expected, as the object of a sentence. */
export function parseAmount(value: unknown): ParsedAmount {
  if (typeof value === 'string') return amountOf(minorFromText(value), amountInText(value));
  if (typeof value === 'number' && Number.isFinite(value)) return amountOf(minorFromNumber(value), AMOUNT);
  return { ok: false, expected: `${AMOUNT}, ${RANGE}, with at most two decimals` };
}

/** Minor units of `12`, `12.5`, `12,50`; undefined for any other spelling. Zero is an amount here. */
export function minorFromText(text: string): number | undefined {
  const parts = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(text);
  if (parts?.[1] === undefined) return undefined;
  return Number(parts[1] + (parts[2] ?? '').padEnd(2, '0'));
}

/** As minorFromText, of a sum of many amounts, which is below zero where more was given back than taken. */
export function signedMinorFromText(text: string): number | undefined {
  const [, sign, units, cents = ''] = /^(-?)(\d{1,11})(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
  return units === undefined ? undefined : Number(`${sign}${units}${cents.padEnd(2, '0')}`);
}

/** Minor units as a decimal text with a dot and two decimals: `10.23`. */
export function formatMinor(minor: number): string {
  if (!Number.isSafeInteger(minor)) throw new Error(`${minor} is not a number of minor units`);
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Three digits, with leading zeros; undefined for a currency that does not exist or has not two decimals. */
export function currencyNumeric(alpha3: string): string | undefined {
  return numericByAlpha.get(alpha3);
}

/** The alpha-3 code of three digits; undefined as above. */
export function currencyAlpha(numeric: string): string | undefined {
  for (const [alpha, digits] of numericByAlpha) if (digits === numeric) return alpha;
  return undefined;
}

export function hasTwoDecimals(alpha3: string): boolean {
  return numericByAlpha.has(alpha3);
}

const NANO_DIGITS = 9;
const NANO_PER_CENT = 10_000_000;
/** 0.000001: honest sums of cents in binary floating point stay far within it, and no third decimal does. */
const NANO_TOLERANCE = 1_000;

/** Reads a number by its decimal text, since multiplying it by 100 adds an error of its own (1.15 * 100 is 114.99999999999999). */
function minorFromNumber(value: number): number | undefined {
  if (value < 0 || value >= 1e6) return undefined;
  const nano = Number(value.toFixed(NANO_DIGITS).replace('.', ''));
  const cents = Math.round(nano / NANO_PER_CENT);
  return Math.abs(nano - cents * NANO_PER_CENT) <= NANO_TOLERANCE ? cents : undefined;
}

function amountOf(minor: number | undefined, form: string): ParsedAmount {
  if (minor !== undefined && minor > 0 && minor <= moneyLimits.mostMinor) return { ok: true, minor };
  return { ok: false, expected: `${form}, ${RANGE}, with at most two decimals` };
}
