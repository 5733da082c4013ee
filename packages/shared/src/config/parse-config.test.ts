import { describe, expect, test } from '@jest/globals';
import { configOf, good, parsedOf, problemsOf } from './parse-config.fixture.ts';
import { type ConfigProblem, describeProblem } from './parse-config.ts';

describe('a good config.yml', () => {
  test('is read, with the defaults of what it does not say', () => {
    expect(parsedOf(good)).toEqual({
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
    expect(configOf(good.replace(from, to))).toEqual(configOf(good));
  });

  test('says the same with the line ends of Windows, and as JSON', () => {
    expect(configOf(good.replaceAll('\n', '\r\n'))).toEqual(configOf(good));
    const contract = '{"proxy": {"payment_application": "001", "merchant_id": "0234567", "rank": "010"}}';
    const head = good.slice(0, good.indexOf('contract'));
    expect(configOf(`${head}contract: ${contract}`)).toEqual(configOf(good));
  });

  test('may have lists in either form', () => {
    const { config } = parsedOf(
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
    expect(configOf(good, environment)).toMatchObject(expected);
    expect(configOf(good.replace(/^.*_password:.*\n/gm, ''), environment)).toMatchObject(expected);
    expect(configOf(good.replace('Test_1234567', '[1]'), environment)).toMatchObject(expected);
  });

  test('does not count where it is empty', () => {
    expect(configOf(good, { HIPAY_PASSWORD: '' }).hipayPassword).toBe('Test_1234567');
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
    const { warnings } = parsedOf(good + line);
    expect(warnings).toEqual([
      { key, line: 16, column: 1 + line.search(/\S/), found: 'a key that is not known', expected },
    ]);
  });
});
