import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { written as character } from '../characters.fixture.ts';
import type { Config, Contract } from './config.ts';
import type { ConfigChanges } from './config-changes.ts';
import { configTexts } from './config-texts.ts';
import { writeConfigYaml } from './config-yaml.ts';
import { fieldKeys } from './fields.ts';
import { configOf } from './parse-config.fixture.ts';

const printable = fc
  .string({ unit: character, minLength: 1, maxLength: 30 })
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
    serialNumber: fc.oneof(
      fc.stringMatching(/^[0-9A-Za-z]([\w .-]{0,20}[\w.-])?$/),
      fc.constantFrom('true', 'null', '0x1', '1_000', '1e3', '0012', '1.0', '12 - a'),
    ),
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
      { numRuns: 100 },
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
      { numRuns: 100 },
    );
  });
});
