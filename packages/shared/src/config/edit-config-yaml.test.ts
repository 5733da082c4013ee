import { describe, expect, test } from '@jest/globals';
import { configTexts } from './config-texts.ts';
import { answers, fresh, nfc } from './config-yaml.fixture.ts';
import { writeConfigYaml } from './config-yaml.ts';
import { configOf } from './parse-config.fixture.ts';

describe('a file that is there', () => {
  const edited = fresh
    .replace('local_port: 8888', "local_port: '8888'   # the till's own\nmy_key: {a: 1}\n# mine")
    .replace('baudRate: 9600', 'baudRate: 09600x');

  test('keeps every line but those of the values that change', () => {
    const before = fresh.replace('local_port: 8888', "local_port: '8888' # the till's own\nmy_key: {a: 1}\n\n# mine");
    const after = writeConfigYaml(
      { ...answers, local_port: '9999', update_time: '04:00' },
      { language: 'fr', existing: before },
    );
    expect(after).toBe(before.replace("local_port: '8888'", 'local_port: 9999').replace('"03:00"', '"04:00"'));
  });

  test('is the same where nothing changes', () => {
    expect(writeConfigYaml({}, { language: 'fr', existing: fresh })).toBe(fresh);
    expect(writeConfigYaml(configTexts(configOf(fresh)), { language: 'fr', existing: fresh })).toBe(
      writeConfigYaml(configTexts(configOf(fresh)), { language: 'en', existing: fresh }),
    );
  });

  test('may hold wrong values, which stay where none is given', () => {
    const after = writeConfigYaml({ update_time: '04:00' }, { language: 'en', existing: edited });
    expect(after).toContain('baudRate: 09600x');
    expect(after).toContain("# the till's own");
    expect(after).toContain('# mine');
  });

  test('has a commented key brought to life in its place, and put to rest again with what was written above it', () => {
    const alive = writeConfigYaml(
      { update: 'off', journal_days: '10', pos_number: '07' },
      { language: 'en', existing: fresh },
    );
    expect(alive).toBe(
      fresh
        .replace('# update: auto', 'update: "off"')
        .replace('# journal_days: 400', 'journal_days: 10')
        .replace('# pos_number: "01"', 'pos_number: "07"'),
    );
    expect(
      writeConfigYaml({ update: null, journal_days: null, pos_number: null }, { language: 'en', existing: alive }),
    ).toBe(fresh);
  });

  test('has a new key put where the documentation has it, with its comment', () => {
    const short = 'serial_port: COM1 # left\n# above\nupdate_time: "03:00"\n';
    expect(
      writeConfigYaml(
        { local_port: '1', language: 'fr', allowed_currencies: 'EUR' },
        { language: 'en', existing: short },
      ),
    ).toBe(
      [
        'serial_port: COM1 # left',
        '',
        '# Local port on which the till reaches the connector.',
        'local_port: 1',
        '# above',
        'update_time: "03:00"',
        '',
        '# Currencies that the till may ask for, each of two decimals.',
        'allowed_currencies: [EUR]',
        '',
        '# Language of error descriptions: en or fr.',
        'language: fr',
        '',
      ].join('\n'),
    );
  });

  test('changes from one contract to both, and to the other one', () => {
    const both = writeConfigYaml(nfc, { language: 'en', existing: fresh });
    expect(configOf(both).contract).toMatchObject({ proxy: { rank: '001' }, nfc: { rank: '002' } });
    expect(both).toBe(writeConfigYaml({ ...answers, ...nfc }, { language: 'en' }));
    const gone = {
      'contract.proxy.payment_application': null,
      'contract.proxy.merchant_id': null,
      'contract.proxy.rank': null,
    };
    const other = writeConfigYaml({ ...nfc, ...gone }, { language: 'en', existing: fresh });
    expect(configOf(other).contract).toEqual({
      nfc: { paymentApplication: '00B', merchantId: '1234568', rank: '002' },
    });
    expect(other).not.toContain('Contact payments');
    expect(writeConfigYaml({ ...answers, ...gone, ...nfc }, { language: 'en' })).toBe(other);
  });

  test('keeps the line ends of Windows', () => {
    const windows = fresh.replaceAll('\n', '\r\n');
    expect(writeConfigYaml({ update: 'off' }, { language: 'en', existing: windows })).toBe(
      windows.replace('# update: auto', 'update: "off"'),
    );
  });

  test('that cannot be read is kept as a comment below a new one', () => {
    const broken = 'local_port: "1\r\n  # mine\n\u2028serial_port: *x\n';
    const after = writeConfigYaml(answers, { language: 'en', existing: broken });
    expect(after.startsWith(fresh)).toBe(true);
    expect(after.slice(fresh.length)).toBe(
      '\n# What follows stood here before and could not be read as YAML:\n# local_port: "1\n#   # mine\n#\n# serial_port: *x\n',
    );
    expect(configOf(after)).toEqual(configOf(fresh));
  });
});
