import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleanerOf } from './clean-text.ts';
import type { Config } from './config/config.ts';
import { parseConfig } from './config/parse-config.ts';
import { formsOf, secretKeys, secretsOf } from './secret-forms.ts';

describe('secrets', () => {
  test('in every form in which they travel, in any text', () => {
    const secret = fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 20 });
    const around = fc.constantFrom('', ' ', 'password=', '"', 'https://x/?p=', 'Basic ', '\n');
    fc.assert(
      fc.property(secret, around, around, (text, before, after) => {
        const clean = cleanerOf(formsOf(text));
        for (const form of formsOf(text)) {
          expect(clean(before + form + after).text).not.toContain(form);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('what is short is hidden where it is a word of its own', () => {
    const clean = cleanerOf(['pwd', '1234']);
    expect(clean('pwd, "pwd" and pwdx; 1234, 51234.')).toMatchObject({
      text: '[hidden], "[hidden]" and pwdx; [hidden], 51234.',
      secrets: 3,
    });
  });

  test.each([
    ['Authorization: Basic bG9nOnB3ZA==', 'Authorization: Basic [hidden]'],
    ['{"authorization":"Bearer abc.def-ghi"}', '{"authorization":"Bearer [hidden]"}'],
    ['proxy-authorization: Digest', 'proxy-authorization: [hidden]'],
    ['connect http://me:s3cret@proxy.example:3128/', 'connect http://[hidden]@proxy.example:3128/'],
    ['with valid credentials, see https://till.example/a@b', 'with valid credentials, see https://till.example/a@b'],
  ])('credentials of anybody, by their looks: %s', (text, shown) => {
    expect(cleanerOf([])(text).text).toBe(shown);
  });
});

describe('the secrets of a configuration', () => {
  const parsed = parseConfig(
    `
hipay_login: shop
hipay_password: pass of hipay
serial_port: /dev/none
serial_number: "1234567890"
local_port: 8080
api_username: till
api_password: pass/of+till
environment: dev
authorization_threshold: 50
update_time: "03:00"
hipay_hash_key: the hash key
https_proxy: http://me:s%20cret@proxy.example:3128/
contract: { proxy: { payment_application: "001", merchant_id: "1234567", rank: "001" } }
`,
    {},
  );
  if (!parsed.ok) throw new Error('a wrong example');
  const config: Config = parsed.config;

  test('are all that the table of keys calls so, with the credentials that are made of them', () => {
    const secrets = secretsOf(config);
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    expect(secrets).toEqual(
      expect.arrayContaining([
        ...['pass of hipay', 'pass%20of%20hipay', 'pass+of+hipay', base64('shop:pass of hipay')],
        ...['pass/of+till', 'pass%2Fof%2Btill', base64('till:pass/of+till')],
        ...['the hash key', 's%20cret', 's cret', 'me:s%20cret'],
      ]),
    );
    expect(secretKeys).toHaveLength(4);
    for (const open of ['shop', 'till', 'proxy.example', '1234567']) expect(secrets).not.toContain(open);
  });
});
