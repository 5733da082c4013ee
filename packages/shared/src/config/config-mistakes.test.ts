import { describe, expect, test } from '@jest/globals';
import { brief, good, problemsOf } from './parse-config.fixture.ts';
import { type ConfigProblem, describeProblem } from './parse-config.ts';

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
