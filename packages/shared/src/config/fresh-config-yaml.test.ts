import { describe, expect, test } from '@jest/globals';
import { parse as parseYaml } from 'yaml';
import { answers, fresh, nfc } from './config-yaml.fixture.ts';
import { writeConfigYaml } from './config-yaml.ts';
import { fieldKeys, fields } from './fields.ts';
import { configOf } from './parse-config.fixture.ts';

describe('a new file', () => {
  test('holds every documented key in its order, and what may be absent as comments', () => {
    const keys = [...fresh.matchAll(/^(\w+):/gm)].map(([, key]) => key);
    expect(keys).toEqual([
      ...['baudRate', 'dataBits', 'parity', 'stopBits', 'hipay_login', 'hipay_password', 'serial_port'],
      ...['serial_number', 'local_port', 'api_username', 'api_password', 'environment'],
      ...['authorization_threshold', 'update_time', 'contract'],
    ]);
    const commented = [...fresh.matchAll(/^# ([a-z_]+): /gm)].map(([, key]) => key);
    expect(commented).toEqual(fieldKeys.filter((key) => fields[key].presence === 'optional'));
  });

  test.each(['en', 'fr'] as const)('has above each key its comment in %s', (language) => {
    const lines = writeConfigYaml({ ...answers, ...nfc }, { language }).split('\n');
    for (const key of fieldKeys) {
      const above = lines.findIndex((line) => line.trim() === `# ${fields[key].comment[language]}`);
      const own = lines.findIndex(
        (line, index) =>
          index > above &&
          line
            .replace('#', '')
            .trim()
            .startsWith(`${key.split('.').at(-1)}: `),
      );
      expect([key, above === -1, own]).toEqual([key, false, above + 1]);
    }
  });

  test('means the same to any other YAML program, old or new', () => {
    for (const version of ['1.1', '1.2'] as const) {
      expect(parseYaml(fresh, { version })).toMatchObject({
        hipay_password: 'a # b: "c" \\',
        serial_number: '0001234567',
        local_port: 8888,
        api_password: 'yes',
        authorization_threshold: 12.5,
        update_time: '03:00',
        contract: { proxy: { payment_application: '001', merchant_id: '1234567', rank: '001' } },
      });
    }
  });

  test('says with its comments what is so anyway', () => {
    const alive = fresh.replace(/^# (\w+: (?!"")\S.*)$/gm, (line, pair: string) =>
      fieldKeys.some((key) => pair.startsWith(`${key}: `) && fields[key].default) ? pair : line,
    );
    expect(alive).not.toBe(fresh);
    expect(configOf(alive)).toEqual(configOf(fresh));
  });

  test('shows an optional key that is given', () => {
    const yaml = writeConfigYaml({ ...answers, update: 'off', allowed_currencies: 'EUR, GBP' }, { language: 'en' });
    expect(yaml).toContain('\nupdate: "off"\n');
    expect(yaml).toContain('\nallowed_currencies: [EUR, GBP]\n');
  });

  test('is not written with something missing or wrong: that would be a bug', () => {
    const { serial_port: _, ...less } = answers;
    expect(() => writeConfigYaml(less, { language: 'en' })).toThrow('serial_port is required');
    expect(() => writeConfigYaml({ ...answers, 'contract.proxy.rank': null }, { language: 'en' })).toThrow(
      'contract.proxy.rank',
    );
    const without = Object.fromEntries(Object.entries(answers).filter(([key]) => !key.startsWith('contract')));
    expect(() => writeConfigYaml(without, { language: 'en' })).toThrow('contract needs proxy or nfc');
    expect(() => writeConfigYaml({ ...answers, local_port: '0' }, { language: 'en' })).toThrow(
      'local_port cannot be written',
    );
  });
});
