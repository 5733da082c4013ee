import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Environment } from './environment.ts';
import { type ConfigProblem, describeProblem, parseConfig } from './parse-config.ts';

/** As the documented dialogue on Linux has it, the way a person types it. */
const good = `hipay_login: 1234567.stage-secure-gateway.hipay-tpp.com
hipay_password: Test_1234567
serial_port: COM1
serial_number: SN_123
local_port: 3001
api_username: log
api_password: password
environment: prod
authorization_threshold: 3
update_time: 06:15
contract:
  proxy:
    payment_application: 001
    merchant_id: 0234567
    rank: 010
`;

function configOf(text: string, environment: Environment = {}) {
  const parsed = parseConfig(text, environment);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => describeProblem(problem, 'config.yml')).join('\n'));
  return parsed;
}

function problemsOf(text: string, environment: Environment = {}): ConfigProblem[] {
  const parsed = parseConfig(text, environment);
  return parsed.ok ? [] : parsed.problems;
}

/** All that a person would be shown. */
function toldOf(text: string): string {
  const parsed = parseConfig(text, {});
  const told = parsed.ok ? parsed.warnings : [...parsed.problems, ...parsed.warnings];
  return told.map((problem) => describeProblem(problem, 'config.yml')).join('\n');
}

/** Where, which key, and what was found. */
const brief = ({ line, column, key, found }: ConfigProblem) => `${line}:${column} ${key} ${found}`;

describe('a good config.yml', () => {
  test('is read, with the defaults of what it does not say', () => {
    expect(configOf(good)).toEqual({
      ok: true,
      warnings: [],
      config: {
        line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
        hipayLogin: '1234567.stage-secure-gateway.hipay-tpp.com',
        hipayPassword: 'Test_1234567',
        serialPort: 'COM1',
        serialNumber: 'SN_123',
        localPort: 3001,
        apiUsername: 'log',
        apiPassword: 'password',
        environment: 'prod',
        authorizationThresholdMinor: 300,
        updateTime: '06:15',
        contract: { proxy: { paymentApplication: '001', merchantId: '0234567', rank: '010' } },
        posNumber: '01',
        paymentTimeoutMs: 180_000,
        notificationTimeoutMs: 10_000,
        repeatWindowMs: 7_200_000,
        orderIdScope: 'day',
        privateData: 'token',
        allowedCurrencies: ['EUR'],
        allowedTransactionTypes: ['Debit'],
        allowedOrigins: [],
        update: 'auto',
        language: 'en',
        logLevel: 'info',
        logDays: 30,
        journalDays: 400,
      },
    });
  });

  test.each([
    ['local_port: 3001', 'local_port: "3001"'],
    ['local_port: 3001', "local_port: '3001' # the till's"],
    ['authorization_threshold: 3', 'authorization_threshold: "3,00"'],
    ['authorization_threshold: 3', 'authorization_threshold: 3.00'],
    ['authorization_threshold: 3', 'authorization_threshold: 3,0'],
    ['payment_application: 001', 'payment_application: "001"'],
    ['update_time: 06:15', 'update_time: "06:15"\npos_number:'],
    ['update_time: 06:15', 'update_time: "06:15"\nhipay_hash_key: ~\nallowed_origins: null'],
    ['contract:', 'contract:\n  nfc:'],
    ['hipay_login', '\uFEFFhipay_login'],
    ['hipay_login', '%YAML 1.1\n---\nhipay_login'],
  ])('says the same with %p as %p', (from, to) => {
    expect(configOf(good.replace(from, to)).config).toEqual(configOf(good).config);
  });

  test('says the same with the line ends of Windows, and as JSON', () => {
    expect(configOf(good.replaceAll('\n', '\r\n')).config).toEqual(configOf(good).config);
    const contract = '{"proxy": {"payment_application": "001", "merchant_id": "0234567", "rank": "010"}}';
    const head = good.slice(0, good.indexOf('contract'));
    expect(configOf(`${head}contract: ${contract}`).config).toEqual(configOf(good).config);
  });

  test('may have lists in either form', () => {
    const { config } = configOf(
      `${good}allowed_currencies: [EUR, "GBP"]\nallowed_transaction_types:\n  - Debit\n  - Credit\nallowed_origins: []\n`,
    );
    expect(config).toMatchObject({
      allowedCurrencies: ['EUR', 'GBP'],
      allowedTransactionTypes: ['Debit', 'Credit'],
      allowedOrigins: [],
    });
  });
});

describe('the environment', () => {
  test('wins over the passwords of the file, which may then lack them or have them wrong', () => {
    const environment = { HIPAY_PASSWORD: 'from env', TP_MANAGER_API_PASSWORD: 'mine' };
    const expected = { hipayPassword: 'from env', apiPassword: 'mine' };
    expect(configOf(good, environment).config).toMatchObject(expected);
    expect(configOf(good.replace(/^.*_password:.*\n/gm, ''), environment).config).toMatchObject(expected);
    expect(configOf(good.replace('Test_1234567', '[1]'), environment).config).toMatchObject(expected);
  });

  test('does not count where it is empty', () => {
    expect(configOf(good, { HIPAY_PASSWORD: '' }).config.hipayPassword).toBe('Test_1234567');
  });

  test('may be wrong itself, which is told without a place in the file and without the value', () => {
    const [problem, ...others] = problemsOf(good, { HIPAY_PASSWORD: 'sec\nret' });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ key: 'hipay_password', line: 0, column: 0 });
    const told = describeProblem(problem as ConfigProblem, 'config.yml');
    expect(told).toMatch(/^config\.yml: hipay_password: found .*HIPAY_PASSWORD, expected /);
    expect(told).not.toContain('sec');
  });
});

describe('mistakes', () => {
  test('are told all at once, five of five, each with its place', () => {
    const text = good
      .replace('COM1', 'ttyUSB0')
      .replace('3001', '99999')
      .replace('environment: prod', 'environment: "production"')
      .replace('06:15', '25:00')
      .replace('rank: 010', 'rank: 1');
    expect(problemsOf(text).map(brief)).toEqual([
      '3:14 serial_port "ttyUSB0"',
      '5:13 local_port "99999"',
      '8:14 environment "production"',
      '10:14 update_time "25:00"',
      '15:11 contract.proxy.rank "1"',
    ]);
    expect(describeProblem(problemsOf(text)[1] as ConfigProblem, 'data/config.yml')).toBe(
      'data/config.yml:5:13: local_port: found "99999", expected a port number from 1 to 65535',
    );
  });

  test('in an empty file are all keys that are missing', () => {
    const keys = problemsOf('').map(({ key }) => key);
    expect(keys).toEqual([
      ...['hipay_login', 'hipay_password', 'serial_port', 'serial_number', 'local_port', 'api_username'],
      ...['api_password', 'environment', 'authorization_threshold', 'update_time', 'contract'],
    ]);
    expect(problemsOf('# nothing\n')).toHaveLength(keys.length);
  });

  test.each<[string, (text: string) => string, string[]]>([
    ['a missing key', (text) => text.replace(/^serial_port.*\n/m, ''), ['15:1 serial_port nothing']],
    ['an empty value', (text) => text.replace('COM1', ''), ['16:1 serial_port nothing']],
    ['an empty text', (text) => text.replace('COM1', '""'), ['3:14 serial_port nothing']],
    [
      'a key that comes twice',
      (text) => `${text}local_port: 1\n`,
      ['16:1 local_port the key a second time (first in line 5)'],
    ],
    ['a list where a value belongs', (text) => text.replace('COM1', '[COM1]'), ['3:14 serial_port a list']],
    ['a mapping where a value belongs', (text) => text.replace('COM1', '{a: b}'), ['3:14 serial_port keys and values']],
    [
      'two wrong values of a list',
      (text) => `${text}allowed_currencies: [EUR, JPY, X]\n`,
      ['16:27 allowed_currencies "JPY"', '16:32 allowed_currencies "X"'],
    ],
    [
      'a list in a list',
      (text) => `${text}allowed_currencies: [[EUR]]\n`,
      ['16:22 allowed_currencies a list or mapping'],
    ],
    ['an empty list', (text) => `${text}allowed_currencies: []\n`, ['16:21 allowed_currencies an empty list']],
    ['no contract', (text) => text.slice(0, text.indexOf('contract')), ['11:1 contract neither proxy nor nfc']],
    [
      'an empty contract',
      (text) => `${text.slice(0, text.indexOf('contract'))}contract: {}\n`,
      ['11:1 contract neither proxy nor nfc'],
    ],
    [
      'a contract that is text',
      (text) => `${text.slice(0, text.indexOf('contract'))}contract: both\n`,
      ['11:11 contract "both"'],
    ],
    ['half a contract', (text) => text.replace(/ {4}merchant_id.*\n/, ''), ['12:3 contract.proxy.merchant_id nothing']],
    [
      'a second contract that is empty',
      (text) => `${text}  nfc: {}\n`,
      [
        '16:3 contract.nfc.payment_application nothing',
        '16:3 contract.nfc.merchant_id nothing',
        '16:3 contract.nfc.rank nothing',
      ],
    ],
    ['a list at the top', () => '- a\n', ['1:1  a list', ...problemsOf('- a\n').slice(1).map(brief)]],
    ['a long text', (text) => text.replace('COM1', 'x'.repeat(300)), [`3:14 serial_port "${'x'.repeat(60)}…"`]],
    [
      'a tag',
      (text) => text.replace('COM1', '!!str COM1'),
      ['3:20 serial_port a value that begins with !, a tag of YAML'],
    ],
    [
      'an anchor',
      (text) => text.replace('COM1', '&a COM1'),
      ['3:17 serial_port a value that begins with &, an anchor of YAML'],
    ],
    [
      'an alias',
      (text) => text.replace('COM1', '*a'),
      ['3:14 serial_port a value that begins with *, an alias of YAML'],
    ],
    ['a tab', (text) => text.replace('  proxy', '\tproxy'), ['12:1 proxy a tab at the beginning of a line']],
    ['a second document', (text) => `${text}---\n${text}`, ['16:1  a second document (---)']],
    [
      'an open quote',
      (text) => text.replace('COM1', '"COM1'),
      ['3:14 serial_port a text over several lines', '16:1  no end'],
    ],
    ['a second colon', (text) => text.replace('COM1', 'a: b'), ['3:14 serial_port a second ": " in the same line']],
    [
      'a reserved sign',
      (text) => text.replace('COM1', '@COM1'),
      ['3:14 serial_port a value that begins with a sign of YAML'],
    ],
  ])('%s', (_, change, found) => {
    expect(problemsOf(change(good)).map(brief)).toEqual(found);
  });

  test('in a file that is far too long are not even looked for', () => {
    expect(problemsOf(`# ${'é'.repeat(33_000)}\n${good}`)).toEqual([
      { key: '', line: 1, column: 1, found: expect.stringContaining('bytes'), expected: 'at most 65536' },
    ]);
  });

  test('are a hundred at most', () => {
    expect(problemsOf('local_port: x\n'.repeat(1000))).toHaveLength(100);
  });
});

describe('a key that is not known', () => {
  test.each([
    ['serial_prot: x\n', 'serial_prot', 'serial_port'],
    ['Allowed-Origins: x\n', 'Allowed-Origins', 'allowed_origins'],
    ['colour: blue\n', 'colour', 'a documented key; it is ignored'],
    ['colour:\n', 'colour', 'a documented key; it is ignored'],
    ['constructor: x\n', 'constructor', 'a documented key; it is ignored'],
    ['__proto__: {a: b}\n', '__proto__', 'a documented key; it is ignored'],
    ['    rnak: 1\n', 'contract.proxy.rnak', 'contract.proxy.rank'],
    ['  nfcc: {rank: 1}\n', 'contract.nfcc', 'contract.nfc'],
  ])('%j is a warning with the nearest known one', (line, key, expected) => {
    const { warnings } = configOf(good + line);
    expect(warnings).toEqual([
      { key, line: 16, column: 1 + line.search(/\S/), found: 'a key that is not known', expected },
    ]);
  });
});

describe('whatever stands in the file', () => {
  const hostile = fc.constantFrom(...'[{*&!|>-?:,#"\'%@`\t\n\r ~<=abc019.\\\uFEFF\u0000\u2028😀]}');

  test('reading it never throws', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: hostile, maxLength: 200 }));
    fc.assert(
      fc.property(text, fc.nat(good.length), (noise, at) => {
        parseConfig(noise, {});
        parseConfig(good.slice(0, at) + noise + good.slice(at), {});
      }),
      { numRuns: 500 },
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
      { numRuns: 1000 },
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
      { numRuns: 1000 },
    );
  });
});
