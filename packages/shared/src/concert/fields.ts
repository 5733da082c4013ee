// Fields of fixed width: encoding asserts, as a field of the wrong width would shift all that follow it.

export function digits(value: string, width: number, name: string): string {
  if (value.length === width && /^[0-9]*$/.test(value)) return value;
  throw new RangeError(`${name}: ${JSON.stringify(value)} found, ${width} digits expected`);
}

export function text(value: string, width: number, name: string): string {
  if (value.length === width && /^[\x20-\x7f]*$/.test(value)) return value;
  throw new RangeError(`${name}: ${JSON.stringify(value)} found, ${width} printable ASCII characters expected`);
}

export const AMOUNT_MOST_MINOR = 99_999_999;

/** Eight digits of minor units, zeros in front. */
export function amount(minor: number, leastMinor: number): string {
  if (Number.isInteger(minor) && minor >= leastMinor && minor <= AMOUNT_MOST_MINOR)
    return String(minor).padStart(8, '0');
  throw new RangeError(`amountMinor: ${minor} found, an integer from ${leastMinor} to ${AMOUNT_MOST_MINOR} expected`);
}

export function toBytes(ascii: string): Uint8Array {
  return Uint8Array.from(ascii, (character) => character.charCodeAt(0));
}

export function toText(data: Uint8Array): string {
  let ascii = '';
  for (const byte of data) ascii += String.fromCharCode(byte);
  return ascii;
}
