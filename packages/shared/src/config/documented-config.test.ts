import { expect, test } from '@jest/globals';
import { redactConfig } from '../masked.ts';
import type { Config } from './config.ts';
import { documentedConfig } from './documented-config.ts';
import { parseConfig } from './parse-config.ts';

function configOf(yaml: string): Config {
  const parsed = parseConfig(yaml, {});
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

/** The two configurations that HiPay's documentation prints at the end of its setup dialogues, as it prints them. */
const windows =
  '{ "baudRate": 9600, "dataBits": 8, "parity": "none", "stopBits": 1, "hipay_login": "12345678.stage-secure-gateway.hipay-tpp.com", "hipay_password": "Test_qVpLbNOWemB7SCcnuqQoT3Yu", "serial_port": "COM14", "serial_number": "1234567890", "local_port": "8888", "api_username": "log", "api_password": "pwd", "environment": "dev", "authorization_threshold": 100, "update_time": "03:00", "contract": { "proxy": { "payment_application": "001", "merchant_id": "1234567", "rank": "001" }, "nfc": { "payment_application": "00B", "merchant_id": "1234568", "rank": "001" } } }';
const linux =
  '{ "hipay_login": "1234567.stage-secure-gateway.hipay-tpp.com", "hipay_password": "Test_1234567", "serial_port": "COM1", "serial_number": "SN_123", "local_port": 3001, "api_username": "log", "api_password": "password", "environment": "prod", "authorization_threshold": 3, "update_time": "06:15", "contract": { "proxy": { "payment_application": "001", "merchant_id": "1234567", "rank": "001" } } }';

const collapsed = (value: unknown) => JSON.stringify(value, null, 2).replace(/\s+/g, ' ');

test.each([
  ['windows', windows],
  ['linux', linux],
] as const)('the documented configuration of %s is read, and printed as it was', (style, printed) => {
  expect(collapsed(documentedConfig(configOf(printed), style))).toBe(printed);
});

test('secrets are hidden where the configuration was redacted first', () => {
  const shown = documentedConfig(redactConfig(configOf(windows)), 'windows');
  expect(shown).toMatchObject({ hipay_password: '[hidden]', api_password: '[hidden]', api_username: 'log' });
});

test('a threshold with cents is a number with decimals', () => {
  const config = configOf(linux.replace('"authorization_threshold": 3', '"authorization_threshold": "49,90"'));
  expect(documentedConfig(config, 'linux')).toMatchObject({ authorization_threshold: 49.9 });
});
