import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cardNumber, inPieces, numericByIssuer } from './card-number.fixture.ts';
import { isCardNumber, maskCardNumbers } from './card-number.ts';
import { encodeFrame } from './concert/frame.ts';
import { encodePaymentReply } from './concert/payment-reply.ts';
import { encodePaymentRequest } from './concert/payment-request.ts';
import { formatBytes } from './concert/trace.ts';

describe('what is a card number', () => {
  test.each(Object.entries(numericByIssuer))('%s', (_issuer, number) => {
    expect(isCardNumber(number)).toBe(true);
    expect(maskCardNumbers(number)).toEqual({ text: expect.stringMatching(/^\d{6}\*+\d{4}$/), found: 1 });
  });

  test('wherever it stands, and in whatever pieces: found, and no more than ten of its digits are left', () => {
    const around = fc.constantFrom('', 'card ', 'PAN', 'x=', ' ', '"', ';', 'B', ': ', '(');
    fc.assert(
      fc.property(around, cardNumber, inPieces, around, (before, number, cut, after) => {
        const written = cut(number);
        const { text, found } = maskCardNumbers(before + written + after);
        expect(found).toBe(1);
        expect(text).toHaveLength(before.length + written.length + after.length);
        expect(text.replace(/\D/g, '')).toBe(number.slice(0, 6) + number.slice(-4));
      }),
      { numRuns: 1_000 },
    );
  });

  test('inside of more digits than any card number has', () => {
    const zeros = '0'.repeat(39);
    expect(maskCardNumbers(`4711690463168807${zeros}`).text).not.toContain('4711690463168807');
    expect(maskCardNumbers(`01000010231${'4970101234567893'}`).text).not.toContain('4970101234567893');
  });
});

describe('what is none', () => {
  const at = fc.date({ min: new Date('2024-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
  const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));

  test('a time, however it is written', () => {
    fc.assert(
      fc.property(at, digits(6), (date, more) => {
        const iso = date.toISOString();
        const numeric = iso.replace(/\D/g, '');
        const ms = String(date.getTime());
        for (const text of [iso, ms, `${ms}${more.slice(0, 3)}`, `${ms}${more}`, numeric, numeric.slice(0, 14)]) {
          expect(maskCardNumbers(text)).toEqual({ text, found: 0 });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('payment ids, HiPay order ids and references, tokens, frames of the line', () => {
    const ulid = fc.stringMatching(/^01[0-9A-HJKMNP-TV-Z]{24}$/);
    const frame = fc
      .tuple(digits(2), fc.integer({ min: 1, max: 99_999_999 }), fc.constantFrom('978', '840', '826'), digits(10))
      .map(([posNumber, amountMinor, currencyNumeric, privateData]) => {
        const said = { posNumber, amountMinor, currencyNumeric, privateData, mode: '1' };
        const asked = { ...said, answerFlag: '0', type: '0', delay: 'A010', authorization: 'B010' } as const;
        const replies = (['short', 'echo', 'echo_long'] as const).map((form) =>
          encodePaymentReply({ ...said, form, stat: '0', report: '' }),
        );
        return [encodePaymentRequest(asked), ...replies].map((data) => formatBytes(encodeFrame(data))).join('\n');
      });
    fc.assert(
      fc.property(ulid, digits(12), digits(10), frame, (paymentId, reference, token, lines) => {
        const text = `paymentId=${paymentId} reference=${reference} token=${token} 14:32:10.123 ${lines}`;
        expect(maskCardNumbers(text)).toEqual({ text, found: 0 });
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    'a wrong check digit: 4970101234567890',
    '12.50, 13.00, 45.10, 78.90, 11.10',
    '+33 1 42 68 53 00, 06.12.34.56.78',
    'http://192.168.100.200:8080/, 10.20.30.40',
    'pid 12345, port 8080, 180000 ms',
  ])('%s', (text) => expect(maskCardNumbers(text)).toEqual({ text, found: 0 }));
});
