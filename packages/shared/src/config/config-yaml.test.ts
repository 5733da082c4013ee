import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import type { Config, Contract } from './config.ts';
import type { ConfigChanges } from './config-changes.ts';
import { configTexts } from './config-texts.ts';
import { writeConfigYaml } from './config-yaml.ts';
import { fieldKeys, fields } from './fields.ts';
import { parseConfig } from './parse-config.ts';

const answers: ConfigChanges = {
  hipay_login: '12345678.stage-secure-gateway.hipay-tpp.com',
  hipay_password: 'a # b: "c" \\',
  serial_port: 'COM14',
  serial_number: '0001234567',
  local_port: '8888',
  api_username: 'log',
  api_password: 'yes',
  environment: 'dev',
  authorization_threshold: '12,5',
  update_time: '03:00',
  'contract.proxy.payment_application': '001',
  'contract.proxy.merchant_id': '1234567',
  'contract.proxy.rank': '001',
};

const nfc: ConfigChanges = {
  'contract.nfc.payment_application': '00B',
  'contract.nfc.merchant_id': '1234568',
  'contract.nfc.rank': '002',
};

function configOf(yaml: string): Config {
  const parsed = parseConfig(yaml, {});
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

const fresh = writeConfigYaml(answers, { language: 'en' });

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

const printable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .filter((text) => /^[^\p{C}\p{Z}\uFFFD]*$/u.test(text) || / /.test(text))
  .filter((text) => !/[\p{C}\p{Zl}\p{Zp}\uFFFD]/u.test(text) && text.trim() !== '');
const label = printable.map((text) => text.trim().replaceAll(':', ';'));
const code = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789ABXEO'), minLength: length, maxLength: length });
const contract: fc.Arbitrary<Contract> = fc.record({ paymentApplication: code(3), merchantId: code(7), rank: code(3) });
const seconds = (least: number, most: number) => fc.integer({ min: least, max: most }).map((count) => count * 1000);
const url = fc.webUrl({ validSchemes: ['https'] }).map((text) => new URL(text).href.replace(/\/?$/, '/'));

const config: fc.Arbitrary<Config> = fc.record(
  {
    line: fc.record({
      baudRate: fc.constantFrom(1200, 9600, 115_200),
      dataBits: fc.constantFrom(7 as const, 8 as const),
      parity: fc.constantFrom('none' as const, 'even' as const, 'odd' as const),
      stopBits: fc.constantFrom(1 as const, 2 as const),
    }),
    hipayLogin: label,
    hipayPassword: printable,
    serialPort: fc.constantFrom('auto', 'COM7', '/dev/serial/by-id/usb: #1', 'tcp://10.0.0.1:4001'),
    serialNumber: printable.map((text) => text.trim()),
    localPort: fc.integer({ min: 1, max: 65_535 }),
    apiUsername: label,
    apiPassword: fc.oneof(
      printable,
      fc.constantFrom('true', '~', 'null', '0x1', '1_000', '- a', '*a', ' a ', '""', "'", '#'),
    ),
    environment: fc.constantFrom('dev' as const, 'prod' as const),
    authorizationThresholdMinor: fc.nat(99_999_999),
    updateTime: fc.constantFrom('00:00', '03:00', '23:59'),
    contract: fc.oneof(
      fc.record({ proxy: contract }),
      fc.record({ nfc: contract }),
      fc.record({ proxy: contract, nfc: contract }),
    ),
    posNumber: fc.integer({ min: 1, max: 99 }).map((number) => String(number).padStart(2, '0')),
    paymentTimeoutMs: seconds(30, 900),
    notificationTimeoutMs: seconds(0, 60),
    repeatWindowMs: seconds(0, 604_800),
    orderIdScope: fc.constantFrom('day' as const, 'forever' as const, 'none' as const),
    privateData: fc.constantFrom('token' as const, 'blank' as const),
    allowedCurrencies: fc.uniqueArray(fc.constantFrom('EUR', 'GBP', 'NOK'), { minLength: 1 }),
    allowedTransactionTypes: fc.uniqueArray(fc.constantFrom('Debit' as const, 'Credit' as const), { minLength: 1 }),
    allowedOrigins: fc.uniqueArray(
      url.map((text) => new URL(text).origin),
      { maxLength: 3 },
    ),
    hipayHashKey: printable,
    hipayGatewayUrl: url.map((text) => text.replace(/[?#].*/, '').replace(/\/?$/, '/')),
    hipayApiUrl: fc.constant('http://127.0.0.1:1/'),
    update: fc.constantFrom('auto' as const, 'check' as const, 'off' as const),
    updateUrl: fc.constant('https://updates.example/v1/'),
    httpsProxy: fc.constant('http://me:p%23@proxy.example:3128/'),
    language: fc.constantFrom('en' as const, 'fr' as const),
    logLevel: fc.constantFrom('error' as const, 'warn' as const, 'info' as const, 'debug' as const),
    logDays: fc.integer({ min: 1, max: 36_500 }),
    journalDays: fc.integer({ min: 1, max: 36_500 }),
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      ...(['line', 'hipayLogin', 'hipayPassword', 'serialPort', 'serialNumber', 'localPort', 'apiUsername'] as const),
      ...([
        'apiPassword',
        'environment',
        'authorizationThresholdMinor',
        'updateTime',
        'contract',
        'posNumber',
      ] as const),
      ...(['paymentTimeoutMs', 'notificationTimeoutMs', 'repeatWindowMs', 'orderIdScope', 'privateData'] as const),
      ...([
        'allowedCurrencies',
        'allowedTransactionTypes',
        'allowedOrigins',
        'update',
        'language',
        'logLevel',
      ] as const),
      ...(['logDays', 'journalDays'] as const),
    ],
  },
) as fc.Arbitrary<Config>;

describe('any configuration', () => {
  test('is what it was after it was written and read', () => {
    fc.assert(
      fc.property(config, (written) => {
        expect(configOf(writeConfigYaml(configTexts(written), { language: written.language }))).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });

  test('is what it was after it was written over another one', () => {
    fc.assert(
      fc.property(config, config, (earlier, written) => {
        const existing = writeConfigYaml(configTexts(earlier), { language: 'fr' });
        const nothing = Object.fromEntries(fieldKeys.map((key) => [key, null]));
        const changes: ConfigChanges = { ...nothing, ...configTexts(written) };
        expect(configOf(writeConfigYaml(changes, { language: 'en', existing }))).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });
});
