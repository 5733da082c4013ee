import fc from 'fast-check';

/** Numbers that card schemes and payment providers publish for tests. */
export const numericByIssuer = {
  visa: '4111111111111111',
  'visa, 13 digits': '4222222222222',
  mastercard: '5555555555554444',
  'mastercard, the second range': '2223003122003222',
  amex: '378282246310005',
  diners: '30569309025904',
  jcb: '3530111333300000',
  discover: '6011111111111117',
  maestro: '6759649826438453',
  'maestro, 19 digits': '6304000000000000000',
  unionpay: '6200000000000005',
} as const;

/** Card numbers as issuers give them: a scheme's first digits, any others, and the digit that makes Luhn's sum right. */
export const cardNumber: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom<[string, number]>(
      ['4', 16],
      ['4', 13],
      ['4', 19],
      ['51', 16],
      ['55', 16],
      ['2221', 16],
      ['34', 15],
      ['37', 15],
      ['36', 14],
      ['3528', 16],
      ['6011', 16],
      ['67', 19],
      ['56', 17],
    ),
    fc.stringMatching(/^[0-9]{19}$/),
  )
  .map(([[first, length], digits]) => withCheckDigit((first + digits).slice(0, length - 1)));

/** The ways in which a number is written, or cut. */
export const inPieces: fc.Arbitrary<(number: string) => string> = fc
  .tuple(fc.constantFrom(' ', '-', '.', ' - ', '","', '/'), fc.constantFrom(0, 1, 4, 5, 6, 8))
  .map(([separator, size]) => (number) => {
    if (size === 0) return number;
    return number.match(new RegExp(`\\d{1,${size}}`, 'g'))?.join(separator) ?? number;
  });

function withCheckDigit(digits: string): string {
  const sum = [...digits]
    .toReversed()
    .map((digit, place) => (place % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return digits + String((10 - (sum % 10)) % 10);
}
