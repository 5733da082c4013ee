import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { secretKeys } from '../secret-forms.ts';
import { writeConfigYaml } from './config-yaml.ts';
import { type FieldKey, fieldKeys, fields } from './fields.ts';
import { redactConfigText, secretsInText } from './redact-config-text.ts';

const values = Object.fromEntries(
  fieldKeys.map((key) => [
    key,
    fields[key].secret ? hiddenValue(key) : fields[key].default || fields[key].example || usual(key),
  ]),
) as Record<FieldKey, string>;

function hiddenValue(key: FieldKey): string {
  return key === 'https_proxy' ? 'http://me:S3cret-of-proxy@proxy.example:3128/' : `S3cret of ${key}`;
}

function usual(key: FieldKey): string {
  const known: Partial<Record<FieldKey, string>> = {
    hipay_login: 'shop',
    serial_port: '/dev/ttyACM0',
    serial_number: '1234567890',
    local_port: '8080',
    api_username: 'till',
    environment: 'dev',
    authorization_threshold: '100',
    update_time: '03:00',
  };
  if (known[key] !== undefined) return known[key];
  return key.endsWith('merchant_id') ? '1234567' : '001';
}

describe('config.yml as it may be shown', () => {
  const text = writeConfigYaml(values, { language: 'en' });

  test('all but its secrets, comments included; of each key that the table calls secret', () => {
    const shown = redactConfigText(text);
    expect(shown).not.toMatch(/S3cret/);
    expect(shown.split('\n')).toHaveLength(text.split('\n').length);
    const changed = text.split('\n').filter((line, n) => line !== shown.split('\n')[n]);
    expect(changed.map((line) => line.split(':')[0]?.trim())).toEqual(secretKeys);
    expect(shown).toContain(fields.hipay_password.comment.en);
  });

  test('no piece of a secret is left, whatever is wrong with the file', () => {
    const spoil = fc.constantFrom<(line: string) => string>(
      (line) => line,
      (line) => `# ${line}`,
      (line) => `  ${line}`,
      (line) => line.replace(':', ' :'),
      (line) => line.replace(': ', ': |\n  '),
      (line) => line.replace(': ', ':\n  '),
      (line) => line.replace('"', ''),
      (line) => line.replace('password', 'passwrod'),
      (line) => `{ ${line} }`,
      (line) => `contract: { ${line} }`,
      (line) => line.replace(/:.*/, (value) => `${value}  # remark`),
    );
    fc.assert(
      fc.property(fc.array(spoil, { minLength: 1, maxLength: 5 }), (spoilers) => {
        let n = 0;
        const spoilt = text
          .split('\n')
          .map((line) => (line.includes('S3cret') ? (spoilers[n++ % spoilers.length]?.(line) ?? line) : line))
          .join('\n');
        expect(redactConfigText(spoilt)).not.toMatch(/S3cret/);
      }),
    );
  });

  test('a line that says nothing of its own is a piece of something: hidden', () => {
    expect(redactConfigText('api_password: "one\n  two"\nlocal_port: 80 # the till\n- three\n')).toBe(
      'api_password: "[hidden]"\n# [hidden]\nlocal_port: 80 # the till\n# [hidden]\n',
    );
  });

  test('lists and groups are shown', () => {
    const plain =
      'allowed_currencies:\n  - EUR\n  - USD\ncontract:\n  nfc: { payment_application: "00B", rank: "001" }\n';
    expect(redactConfigText(plain)).toBe(plain);
  });

  test('the secrets of a file that is no YAML are known all the same', () => {
    const broken = 'api_password: "it\'s mine" # old\n# hipay_password: former one\n\thipay_passwrd: misspelt\n: [';
    expect(secretsInText(broken)).toEqual(expect.arrayContaining(["it's mine", 'former one', 'misspelt']));
    expect(secretsInText('local_port: 8080\n# a note: nothing\n')).toEqual([]);
  });
});
