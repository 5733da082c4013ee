import { expect, test } from '@jest/globals';
import { readAnswers } from './read-answers.ts';

test('what is there is read, what is missing is no mistake', () => {
  const yaml = [
    'folder: /opt/till',
    'local_port: 8888',
    'contract:',
    '  nfc:',
    '    rank: 001',
    'allowed_currencies: [EUR, USD]',
  ].join('\n');
  expect(readAnswers(yaml, { otherKeys: ['folder'] })).toEqual({
    texts: { local_port: '8888', 'contract.nfc.rank': '001', allowed_currencies: 'EUR, USD' },
    others: { folder: '/opt/till' },
    problems: [],
    warnings: [],
  });
});

test.each([
  ['an empty file', ''],
  ['a file of comments', '# nothing yet\n'],
  ['keys without values', 'hipay_login:\nfolder:\n'],
])('%s says nothing', (_what, yaml) => {
  expect(readAnswers(yaml, { otherKeys: ['folder'] })).toEqual({ texts: {}, others: {}, problems: [], warnings: [] });
});

test('each mistake is told with its place, and the other values are read all the same', () => {
  const { texts, problems } = readAnswers('local_port: many\nupdate_time: 25:00\nenvironment: dev\n');
  expect(texts).toEqual({ environment: 'dev' });
  expect(problems).toMatchObject([
    { key: 'local_port', line: 1, column: 13, found: '"many"' },
    { key: 'update_time', line: 2, column: 14 },
  ]);
});

test('a key that nobody knows is a warning with the nearest known one', () => {
  expect(readAnswers('serial_prot: COM3\nfolder: /opt\n', { otherKeys: ['folder'] }).warnings).toMatchObject([
    { key: 'serial_prot', expected: 'serial_port' },
  ]);
});

test('a secret that cannot be is not shown', () => {
  const { problems } = readAnswers('hipay_password: "two\\nlines"\n');
  expect(problems).toHaveLength(1);
  expect(JSON.stringify(problems)).not.toContain('two');
});

test('what is no YAML is a mistake, and so is a file of another kind', () => {
  expect(readAnswers('api_username: *log\n').problems).not.toHaveLength(0);
  expect(readAnswers('just a text').problems).toMatchObject([{ found: 'text without any key' }]);
  expect(readAnswers('a'.repeat(70_000)).problems).toMatchObject([{ found: '70000 bytes' }]);
});
