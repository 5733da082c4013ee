import { describe, expect, test } from '@jest/globals';
import { type FieldKey, fieldKeys, fields } from './fields.ts';

const value = (key: FieldKey, text: string): unknown => {
  const parsed = fields[key].parse(text);
  return parsed.ok ? parsed.value : undefined;
};

test.each<[FieldKey, string, unknown]>([
  ['baudRate', '115200', 115_200],
  ['dataBits', '7', 7],
  ['parity', 'even', 'even'],
  ['stopBits', '2', 2],
  ['hipay_login', '12345678.stage-secure-gateway.hipay-tpp.com', '12345678.stage-secure-gateway.hipay-tpp.com'],
  ['hipay_password', ' a#b: "c ', ' a#b: "c '],
  ['serial_port', 'com14', 'COM14'],
  ['serial_port', ' /dev/ttyUSB0 ', '/dev/ttyUSB0'],
  ['serial_port', '/dev/serial/by-id/usb-INGENICO_Telium-if00', '/dev/serial/by-id/usb-INGENICO_Telium-if00'],
  ['serial_port', 'tcp://10.0.0.5:4001/', 'tcp://10.0.0.5:4001'],
  ['serial_port', 'tcp://[::1]:4001', 'tcp://[::1]:4001'],
  ['serial_port', 'AUTO', 'auto'],
  ['serial_number', '00000012345678', '00000012345678'],
  ['serial_number', ' 19226CT 2408-4556 ', '19226CT 2408-4556'],
  ['local_port', '8888', 8888],
  ['local_port', '65535', 65_535],
  ['environment', 'prod', 'prod'],
  ['authorization_threshold', '100', 10_000],
  ['authorization_threshold', '0', 0],
  ['authorization_threshold', '12,5', 1250],
  ['update_time', '23:59', '23:59'],
  ['contract.proxy.payment_application', '001', '001'],
  ['contract.nfc.payment_application', '00b', '00B'],
  ['contract.proxy.merchant_id', '0000012', '0000012'],
  ['contract.nfc.rank', '001', '001'],
  ['pos_number', '7', '07'],
  ['payment_timeout', '30', 30],
  ['notification_timeout', '0', 0],
  ['repeat_window', '604800', 604_800],
  ['allowed_currencies', 'EUR, GBP,EUR', ['EUR', 'GBP']],
  ['allowed_transaction_types', 'Debit,Credit', ['Debit', 'Credit']],
  ['allowed_origins', '', []],
  [
    'allowed_origins',
    'https://till.example/, http://localhost:3000',
    ['https://till.example', 'http://localhost:3000'],
  ],
  ['hipay_gateway_url', 'https://gateway.example/rest', 'https://gateway.example/rest/'],
  ['hipay_gateway_url', 'http://127.0.0.1:4010', 'http://127.0.0.1:4010/'],
  ['hipay_api_url', 'http://[::1]:80/x/', 'http://[::1]/x/'],
  ['update_url', 'http://localhost:1/', 'http://localhost:1/'],
  ['https_proxy', 'http://me:pass@proxy.example:3128', 'http://me:pass@proxy.example:3128/'],
])('%s: %p is %p', (key, text, read) => expect(value(key, text)).toEqual(read));

test.each<[FieldKey, string]>([
  ['baudRate', '9601'],
  ['baudRate', '9600.0'],
  ['dataBits', '9'],
  ['parity', 'mark'],
  ['hipay_login', 'a:b'],
  ['hipay_login', '  '],
  ['hipay_password', ''],
  ['hipay_password', 'a\nb'],
  ['serial_port', 'ttyUSB0'],
  ['serial_port', '/'],
  ['serial_port', 'COM'],
  ['serial_port', 'COM0'],
  ['serial_port', 'tcp://host'],
  ['serial_port', 'tcp://host:0'],
  ['serial_port', 'tcp://host:65536'],
  ['serial_port', 'tcp://user@host:1'],
  ['serial_port', '/dev/tty\u0007'],
  ['serial_number', '  '],
  ['serial_number', '1'.repeat(256)],
  ['local_port', '0'],
  ['local_port', '65536'],
  ['local_port', '08888'],
  ['local_port', '88.0'],
  ['local_port', '-1'],
  ['environment', 'stage'],
  ['authorization_threshold', '-1'],
  ['authorization_threshold', '100.000'],
  ['authorization_threshold', '1e3'],
  ['update_time', '24:00'],
  ['update_time', '3:00'],
  ['update_time', '03:60'],
  ['contract.proxy.payment_application', '01'],
  ['contract.proxy.merchant_id', '123456'],
  ['contract.proxy.merchant_id', '12345 7'],
  ['contract.proxy.rank', '0001'],
  ['pos_number', '00'],
  ['pos_number', '100'],
  ['payment_timeout', '29'],
  ['payment_timeout', '901'],
  ['notification_timeout', '61'],
  ['repeat_window', '604801'],
  ['order_id_scope', 'week'],
  ['private_data', ''],
  ['allowed_currencies', ''],
  ['allowed_currencies', 'EUR, JPY'],
  ['allowed_transaction_types', 'debit'],
  ['allowed_origins', '*'],
  ['allowed_origins', 'https://till.example/page'],
  ['hipay_gateway_url', 'http://gateway.example/'],
  ['hipay_gateway_url', 'http://localhost.example/'],
  ['hipay_gateway_url', 'https://me:pass@gateway.example/'],
  ['hipay_gateway_url', 'https://gateway.example/?x=1'],
  ['hipay_gateway_url', 'ftp://gateway.example/'],
  ['hipay_gateway_url', 'gateway.example'],
  ['https_proxy', 'socks5://proxy.example'],
  ['https_proxy', 'http://proxy.example/path'],
  ['language', 'de'],
  ['log_level', 'trace'],
  ['log_days', '0'],
  ['journal_days', '-1'],
])('%s: %p is refused with what is expected', (key, text) => {
  expect(fields[key].parse(text)).toEqual({ ok: false, expected: expect.stringMatching(/.{6,}/) });
});

describe('the table', () => {
  test('stands in the documented order', () => {
    expect(fieldKeys.slice(0, 20)).toEqual([
      ...['baudRate', 'dataBits', 'parity', 'stopBits', 'hipay_login', 'hipay_password', 'serial_port'],
      ...['serial_number', 'local_port', 'api_username', 'api_password', 'environment', 'authorization_threshold'],
      ...['update_time', 'contract.proxy.payment_application', 'contract.proxy.merchant_id', 'contract.proxy.rank'],
      ...['contract.nfc.payment_application', 'contract.nfc.merchant_id', 'contract.nfc.rank'],
    ]);
    expect(fieldKeys).toHaveLength(39);
  });

  test.each(fieldKeys)('%s has a comment of one sentence in both languages', (key) => {
    const { en, fr } = fields[key].comment;
    for (const comment of [en, fr]) expect(comment).toMatch(/^\p{Lu}[^\n#]+\.$/u);
    expect(en).not.toBe(fr);
  });

  test.each(fieldKeys)('%s: what the table calls its default or example can be read', (key) => {
    const { default: usual, example, presence } = fields[key];
    for (const text of [usual, example]) if (text !== undefined) expect(value(key, text)).toBeDefined();
    if (presence === 'written') expect(usual).toBeDefined();
    if (presence === 'required' || presence === 'contract') expect(usual).toBeUndefined();
  });

  test('its secrets are these', () => {
    expect(fieldKeys.filter((key) => fields[key].secret)).toEqual([
      ...['hipay_password', 'api_password', 'hipay_hash_key', 'https_proxy'],
    ]);
  });
});
