/** One separator and three digits: thousands to some, a third decimal to others. */
const AMBIGUOUS = /^([1-9]\d{0,2})[.,](\d{3})$/;
/** Thousands beyond doubt: a separator that is no decimal sign, or another one before the decimals. */
const GROUPED = /^([1-9]\d{0,2})(?:[ '’\u00A0\u202F](\d{3})|,(\d{3})(?=\.)|\.(\d{3})(?=,))(?:[.,](\d{1,2}))?$/;

/** What is expected in place of a text that was refused: the amount itself, as far as it is clear which was meant. */
export function amountInText(text: string): string {
  const hint = ambiguous(text) ?? grouped(text);
  if (hint !== undefined) return `digits without thousands separator (${hint})`;
  return 'digits such as "10", "10.23" or "10,23", without currency, spaces, sign, exponent or thousands separator';
}

/** `10,230` may be 10230.00 or 10.23; `10,234` is no amount but 10234.00. */
function ambiguous(text: string): string | undefined {
  const [, units = '', three] = AMBIGUOUS.exec(text) ?? [];
  if (three === undefined) return undefined;
  const asDecimals = `${units}.${three}`;
  const thousands = `"${units}${three}" where ${units}${three}.00 is meant`;
  const decimals = three.endsWith('0') ? `"${asDecimals.slice(0, -1)}" where ${asDecimals} is` : undefined;
  return `${thousands}; ${decimals ?? `${asDecimals} has a third decimal, and is no amount`}`;
}

function grouped(text: string): string | undefined {
  const [matched, units, spaced, comma, dot, cents] = GROUPED.exec(text) ?? [];
  if (matched === undefined) return undefined;
  return `"${units}${spaced ?? comma ?? dot}${cents === undefined ? '' : `.${cents}`}"`;
}
