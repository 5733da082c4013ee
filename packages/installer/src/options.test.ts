import { describe, expect, test } from '@jest/globals';
import { messagesIn } from './messages/messages.ts';
import { answerOptions, flagsOf, waysToAnswer } from './option-table.ts';
import { languageOf, readOptions } from './options.ts';

const read = (...args: string[]) => {
  const printed: string[] = [];
  const world = { version: '1.0.0', print: (text: string) => printed.push(text), printError: () => {} };
  return { options: readOptions(args, messagesIn('en'), world), printed };
};

describe('the language', () => {
  test.each([
    [[], 'fr_FR.UTF-8', 'fr'],
    [[], 'fr-CA', 'fr'],
    [[], 'fr', 'fr'],
    [[], 'frr_DE', 'en'],
    [[], 'de_DE', 'en'],
    [[], '', 'en'],
    [['--language', 'en'], 'fr_FR', 'en'],
    [['--language=fr'], 'C', 'fr'],
    [['--language', 'de'], 'fr_FR', 'fr'],
    [['--language', 'fr', '--language', 'en'], 'C', 'en'],
    [['--yes', '--language'], 'C', 'en'],
  ] as const)('%p with %p: %s', (args, locale, language) => {
    expect(languageOf([...args], locale)).toBe(language);
  });
});

test('without options, everything is asked and the service started', () => {
  expect(read().options).toEqual({
    answers: {},
    yes: false,
    start: true,
    autostart: false,
    dryRun: false,
    uninstall: false,
    purge: false,
  });
});

test.each(answerOptions.map((option) => [option.name, option] as const))(
  '--%s is read, whatever stands in it',
  (name, option) => {
    expect(read(`--${name}`, 'value with -- and =').options.answers).toEqual({ [name]: 'value with -- and =' });
    expect(read(`--${name}=-x`).options.answers).toEqual({ [name]: '-x' });
    expect(flagsOf(option, {})).toMatch(/^--\S+ <.+>$/);
  },
);

test('the other options', () => {
  const args = '--answers a.yml -y --no-start --autostart --dry-run --language fr --uninstall --purge'.split(' ');
  expect(read(...args).options).toEqual({
    answers: {},
    answersFile: 'a.yml',
    yes: true,
    start: false,
    autostart: true,
    dryRun: true,
    language: 'fr',
    uninstall: true,
    purge: true,
  });
});

test('every way to answer is named', () => {
  expect(waysToAnswer('api_password', 'or')).toBe('--api-password, --api-password-file or TP_MANAGER_API_PASSWORD');
  expect(waysToAnswer('folder', 'or')).toBe('--folder');
});
