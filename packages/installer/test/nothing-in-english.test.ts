import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { actSentences } from '../src/acts/act-sentences.ts';
import { systemErrorsInEnglish } from '../src/messages/system-errors-english.ts';
import { answersFile } from './support/answers.ts';
import { madeUpTill, type TillFolder } from './support/made-up-till.ts';
import { setupWithoutTerminal } from './support/run-setup.ts';

/** Small words of English that are none of French, as words of a sentence: not in a name such as --no-start or a file's. */
const ENGLISH =
  /(?<![\w«"'/.-])(the|is|are|was|were|has|have|not|you|your|with|which|that|this|it|its|and|cannot|could|of|to|from|by|be|at|there|then|again|first|found|expected|error|missing|invalid|did|does|no such|permission|failed|denied)(?![\w-])/gi;

/** What a till says in French, in whatever way it fails. */
let folder: TillFolder;
beforeEach(() => {
  folder = madeUpTill({ locale: 'fr_FR.UTF-8' });
});
afterEach(() => folder.remove());

async function saidBy(args: string[]): Promise<string> {
  const { output, errors } = await setupWithoutTerminal(folder.till, args);
  return `${output}${errors}`;
}

/** Each text of a catalogue by its path, the functions called with what may stand there. */
function texts(catalogue: object, path = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, string][] => {
    if (key === 'problem') return [];
    if (key === 'inDoubt') value = (value as (...words: unknown[]) => string)(everyDoubt, '/till/tp-manager', '<3>');
    if (typeof value === 'function') value = value('<1>', '<2>', '<3>');
    return typeof value === 'string' ? [[`${path}${key}`, value]] : texts(value as object, `${path}${key}.`);
  });
}
const everyDoubt = { unknown: 1, running: 1, waiting: 1, parked: 1, alarms: 1, orphans: 1 };

test('the word list knows English from French', () => {
  expect(texts(actSentences('en')).filter(([, text]) => !text.match(ENGLISH))).toEqual([]);
});

test('what is said of the deeds is said in French, each sentence, about the same', () => {
  const english = new Map(texts(actSentences('en')));
  const french = new Map(texts(actSentences('fr')));
  expect([...french.keys()]).toEqual([...english.keys()]);
  const about = (text = '') => (text.match(/<\d>|--[a-z-]+|sudo loginctl enable-linger/g) ?? []).toSorted();
  for (const [key, text] of french) {
    expect([key, text.match(ENGLISH)]).toEqual([key, null]);
    expect([key, about(text)]).toEqual([key, about(english.get(key))]);
  }
});

describe('why something failed, in French', () => {
  const known = Object.keys(systemErrorsInEnglish);

  test.each([...known, 'EXDEV'])(
    '%s in the midst of it, with its place and without the words of the system',
    async (code) => {
      folder.till.systemFails = { code, syscall: 'open', path: '/till/config.yml' };
      for (const args of [answersFile(folder), ['--uninstall', '--folder', 'caisse']]) {
        const said = await saidBy(args);
        expect(said).toMatch(/(L'installation a échoué|Le connecteur n'a pas pu être retiré) : .*\/till\/config\.yml/);
        expect(said.match(ENGLISH)).toBeNull();
      }
    },
  );

  test('where the system names no path', async () => {
    folder.till.systemFails = { code: 'EIO', syscall: 'fsync' };
    expect(await saidBy(answersFile(folder))).toContain("L'installation a échoué : le système répond EIO (fsync)");
  });

  test.each([
    ['--answers', "est un dossier, alors qu'un fichier est attendu"],
    ['--hipay-password-file', "est un dossier, alors qu'un fichier est attendu"],
  ])('a folder as the value of %s', async (option, why) => {
    mkdirSync(join(folder.root, 'dossier'));
    const said = await saidBy([option, 'dossier']);
    expect(said).toContain(`${option} dossier ne peut pas être lu : ${join(folder.root, 'dossier')} ${why}`);
    expect(said.match(ENGLISH)).toBeNull();
  });

  test.each([
    [['--colour']],
    [['--local-prt', '1']],
    [['--local-portt', '1', '--api-usernam', 'x']],
    [['--folder']],
    [['--language', 'de', '--language', 'fr']],
    [['COM3', 'COM4']],
    [['--yes=1']],
    [['--purge']],
    [['--uninstall']],
    [['--uninstall', '--dry-run', '--folder', 'x']],
    [['--answers', 'nulle-part.yml']],
    [['--contract', 'all', '--nfc-rank', '1', '--local-port', 'x', '--folder', '/', '--serial-number', '!']],
    [['--api-password', 'a', '--api-password-file', 'b']],
    [[]],
    [['--help']],
  ])('the command line %p', async (args) => {
    const said = await saidBy(args);
    expect(said).not.toBe('');
    expect(said.match(ENGLISH)).toBeNull();
  });
});

test('no sentence stands outside the catalogues', () => {
  const sources = fileURLToPath(new URL('../src/', import.meta.url));
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /(?<!\.test)\.ts$/.test(name) && !/messages|sentences/.test(name),
  );
  expect(files.length).toBeGreaterThan(50);
  const said =
    /\b(print|printError|warn|tell|say|OperatingError|WrongUse|add)\((?:'\d+', )?\[?['"`][^'"`]*[a-z]{2} [a-z]/;
  const outside = files.flatMap((name) =>
    readFileSync(join(sources, name), 'utf8')
      .split('\n')
      .filter((line) => said.test(line.replace(/\$\{[^}]*\}/g, '')))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(outside).toEqual([]);
});
