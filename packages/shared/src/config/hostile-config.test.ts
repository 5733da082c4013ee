import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyCodePoint } from '../characters.fixture.ts';
import { brief, good, problemsOf, toldOf } from './parse-config.fixture.ts';
import { parseConfig } from './parse-config.ts';

describe('whatever stands in the file', () => {
  // Each mistake that the YAML parser finds is an Error, and to take its stack is most of the work.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  const hostile = fc.constantFrom(...'[{*&!|>-?:,#"\'%@`\t\n\r ~<=abc019.\\\uFEFF\u0000\u2028😀]}');

  test('reading it never throws', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: anyCodePoint }), fc.string({ unit: hostile, maxLength: 200 }));
    fc.assert(
      fc.property(text, fc.nat(good.length), (noise, at) => {
        parseConfig(noise, {});
        parseConfig(good.slice(0, at) + noise + good.slice(at), {});
      }),
      { numRuns: 250 },
    );
  });

  test.each(['[', '{', '{a: ', '- ', '? ', 'a: ', '!x ', '&a ', '*a ', '"', 'a:\n ', '\t'])(
    'nor does reading %j, repeated',
    (piece) => {
      const text = piece.repeat(Math.floor(60_000 / piece.length));
      expect(problemsOf(text).length).toBeGreaterThan(0);
    },
  );

  test('no message shows a secret', () => {
    const piece = fc.constantFrom(...'[{*&!|>-?:,#"\'%@` \\]}', 'S3cr3t', ': ', ' #');
    const secret = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => `${pieces.join('')}S3cr3t`);
    const key = fc.constantFrom('hipay_password', 'api_password', 'hipay_hash_key', 'https_proxy');
    fc.assert(
      fc.property(secret, key, fc.boolean(), (text, name, first) => {
        const others = good.replace(new RegExp(`^${name}.*\n`, 'm'), '');
        const line = `${name}: ${text}\n`;
        expect(toldOf(first ? line + others : others + line)).not.toContain('S3cr3t');
      }),
      { numRuns: 400 },
    );
  });

  test('a text that swallows the next lines is not shown, as a password may be among them', () => {
    const text = good
      .replace('hipay_password', 'allowed_currencies: ["EUR\n  hipay_password')
      .replace('Test_1234567', 'Test_1234567\n  "]');
    expect(problemsOf(text).map(brief)).toEqual([
      '2:22 allowed_currencies a text over several lines',
      '18:1 hipay_password nothing',
    ]);
  });

  test.each(['\nS3cr3t:', '[]\nS3cr3t:', '\uFEFF\n? S3cr3t'])('nor one that stands where a key belongs: %j', (text) => {
    const told = toldOf(good.replace('Test_1234567', text));
    expect(told).toContain('found a key that is not known');
    expect(told).not.toContain('S3cr3t');
  });

  test('no message shows a password that another mistake has swallowed', () => {
    const noise = fc.string({ unit: hostile, maxLength: 6 });
    const place = fc.nat(good.length);
    const [before = '', after = ''] = good.split('Test_1234567');
    fc.assert(
      fc.property(noise, place, noise, place, (one, at, other, then) => {
        const start = before.slice(0, at) + one + before.slice(at);
        // Noise that is a password itself makes the next line one like any other.
        fc.pre(!/^hipay_password:.*\S.*[\n\r]/m.test(start));
        const text = `${start}Test_1234567${after.slice(0, then)}${other}${after.slice(then)}`;
        expect(toldOf(text)).not.toContain('Test_1234567');
      }),
      { numRuns: 400 },
    );
  });
});
