import { fieldKeys } from '@hipay-ecr/shared/config/fields.ts';
import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import { expect, test } from '@jest/globals';
import type { Presence } from '../ports/presence.ts';
import { messagesIn } from './messages.ts';

const english = messagesIn('en');
const french = messagesIn('fr');

/** Each text by its path; functions are called with words that show where they land. */
function texts(messages: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(messages)) {
    const here = `${path}${key}`;
    if (typeof value === 'string') found.set(here, value);
    else if (typeof value === 'object') for (const [name, text] of texts(value, `${here}.`)) found.set(name, text);
    else if (!['portWarning', 'expectedOf', 'problem', 'options.commandError'].includes(here))
      found.set(here, (value as (...words: string[]) => string)('<1>', '<2>', '<3>'));
  }
  return found;
}

test('everything is said in French, and no sentence is left in English', () => {
  const inEnglish = texts(english);
  const inFrench = texts(french);
  expect([...inFrench.keys()]).toEqual([...inEnglish.keys()]);
  const same = [...inFrench].filter(([key, text]) => text === inEnglish.get(key)).map(([key]) => key);
  expect(same).toEqual([]);
});

test('what a message is about stands in both', () => {
  const about = (text: string | undefined) => (text?.match(/<\d>|--[a-z-]+|[A-Z_]{6,}/g) ?? []).toSorted();
  const inFrench = texts(french);
  for (const [key, text] of texts(english)) expect([key, about(inFrench.get(key))]).toEqual([key, about(text)]);
});

test.each(fieldKeys)('what is expected of %s', (key) => {
  const words = [english.expectedOf(key), french.expectedOf(key)];
  // The values themselves are the same in both languages.
  const values = (text = '') =>
    text
      .replace(/,(?=\d\d)/g, '.')
      .replace('caisse', 'till')
      .match(
        /\d+|\b(none|even|odd|dev|prod|token|blank|day|forever|auto|check|off|Debit|Credit|error|warn|info|debug)\b|\/dev\/\w+|https?:\/\/[\w.:]*|HH:MM/g,
      );
  expect(values(words[1])).toEqual(values(words[0]));
  expect(words[0]).not.toBe('a value');
});

const warnings: Exclude<Presence, { at: 'answers' }>[] = [
  { at: 'silent' },
  { at: 'busy' },
  { at: 'no_such_port' },
  { at: 'no_rights', group: 'dialout', userName: 'cashier', belongs: false },
  { at: 'no_rights', group: 'dialout', userName: 'cashier', belongs: true },
  { at: 'no_rights', group: 'root', userName: 'cashier', belongs: false },
  { at: 'in_use' },
  { at: 'not_serial' },
  { at: 'other_system', platform: 'windows' },
  { at: 'other_system', platform: 'linux' },
  { at: 'no_terminal' },
  { at: 'several_terminals', ports: ['COM3', 'COM4'] },
  { at: 'cannot_open', why: 'ETIMEDOUT' },
];

test.each(warnings)('$at is told in both languages, with what to do', (presence) => {
  const [first, second] = [english, french].map((messages) => messages.portWarning('COM9', presence).join('\n'));
  expect(first).not.toBe(second);
  const facts = (text = '') =>
    text.match(/COM\d|usermod -a -G \w+ \w+|TELIUM MANAGER|serial_port|ETIMEDOUT|udev/g)?.toSorted();
  expect(facts(second)).toEqual(facts(first));
});

test('missing rights come with the exact command', () => {
  const [, command] = english.portWarning('/dev/ttyACM0', {
    at: 'no_rights',
    group: 'uucp',
    userName: 'eve',
    belongs: false,
  });
  expect(command).toBe('  sudo usermod -a -G uucp eve');
});

test("the reader of YAML's own words are known in French", () => {
  const mistakes = [
    'local_port: many',
    'local_port: [1]',
    'api_password: { a: 1 }',
    'allowed_currencies: [{ a: 1 }]',
    'allowed_currencies: []',
    'update_time: "03:00"\nupdate_time: "04:00"',
    'hipay_pasword: x',
    'colour: red',
    'contract: proxy',
    'contract: [proxy]',
    'api_username: |\n  a\n  b',
    'api_password: *there',
    'serial_number: !!str 1',
    'serial_number: &here 1',
    'serial_number: a: b',
    'local_port',
    'a: 1\nlocal_port',
    'serial_number: "a\\qb"',
    'contract:\n   proxy:\n  nfc:',
    'a: 1\n---\nb: 2',
    'serial_number: "a" b',
    'serial_number: "a',
    'a:\n\tb: 1',
    'serial_number: @a',
    '- a',
    `a: ${'x'.repeat(1_100_000)}`,
  ];
  const problems = mistakes.flatMap((text) => {
    const read = readAnswers(text);
    return [...read.problems, ...read.warnings];
  });
  expect(problems.length).toBeGreaterThan(mistakes.length - 4);
  const said = problems.map((problem) => french.problem(problem, 'réponses.yml'));
  expect(said.filter((line) => /\b(the|a (?!b)|found|expected|value|key|quotes|nothing|list)\b/.test(line))).toEqual(
    [],
  );
  expect(said[0]).toBe('réponses.yml:1:13 : local_port : trouvé "many", attendu un numéro de port de 1 à 65535');
});
