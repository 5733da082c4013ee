import type { ConfigProblem } from '@hipay-ecr/shared/config/config-problem.ts';
import { fields } from '@hipay-ecr/shared/config/fields.ts';
import { expectedInFrench } from './expected-french.ts';

const QUOTES =
  "des guillemets autour d'une valeur qui commence par un signe tel que * & ! % @ ou qui contient « : » ou « # »";

/** What the reader of YAML says, in the words of packages/shared/src/config; its test holds the two together. */
const phrases: Record<string, string> = {
  nothing: 'rien',
  'a list': 'une liste',
  'an empty list': 'une liste vide',
  'a list or mapping': 'une liste ou des clés',
  'keys and values': 'des clés et des valeurs',
  'text without any key': 'du texte sans aucune clé',
  'a text over several lines': 'un texte sur plusieurs lignes',
  'a value that is not shown': "une valeur qui n'est pas montrée",
  'a key that is not known': 'une clé inconnue',
  'neither proxy nor nfc': 'ni proxy ni nfc',
  'a value that begins with a sign of YAML': 'une valeur qui commence par un signe de YAML',
  'a value that begins with *, an alias of YAML': 'une valeur qui commence par *, un alias de YAML',
  'a value that begins with !, a tag of YAML': 'une valeur qui commence par !, une étiquette de YAML',
  'a value that begins with &, an anchor of YAML': 'une valeur qui commence par &, une ancre de YAML',
  'a second ": " in the same line': 'un second « : » dans la même ligne',
  'a line without a colon': 'une ligne sans deux-points',
  'a backslash in double quotes': 'une barre oblique inverse entre guillemets doubles',
  'a line that is indented differently': 'une ligne au retrait différent',
  'a tab at the beginning of a line': 'une tabulation en début de ligne',
  'no end': 'aucune fin',
  'a second document (---)': 'un second document (---)',
  'text that belongs to nothing': 'du texte qui ne se rattache à rien',
  'lists or mappings inside each other without end': 'des listes ou des clés imbriquées sans fin',
  'one of them, or both': "l'un des deux, ou les deux",
  'each key once': 'chaque clé une seule fois',
  'key: value': 'clé: valeur',
  'key: value, with the whole value in quotes': 'clé: valeur, toute la valeur entre guillemets',
  'keys below it, indented by two spaces': 'des clés au-dessous, en retrait de deux espaces',
  'keys of one level below each other': "les clés d'un même niveau les unes sous les autres",
  'the value itself, in quotes where it begins with such a sign':
    'la valeur elle-même, entre guillemets si elle commence par un tel signe',
  'two backslashes for one, or single quotes': 'deux barres obliques inverses pour une, ou des guillemets simples',
  'the closing quote or bracket, or a space after the colon':
    'le guillemet ou le crochet fermant, ou une espace après les deux-points',
  spaces: 'des espaces',
  'one only': 'un seul',
  'at least one value': 'au moins une valeur',
  'a documented key; it is ignored': 'une clé documentée ; elle est ignorée',
  'quotes around a value that begins with a sign such as * & ! % @ or contains ": " or " #"': QUOTES,
};

const patterns: [RegExp, string][] = [
  [/^the key a second time \(first in line (\d+)\)$/, 'la clé une seconde fois (la première à la ligne $1)'],
  [/^what cannot be read as YAML \((\w+)\)$/, "ce qui n'est pas du YAML ($1)"],
  [/^(\d+) bytes$/, '$1 octets'],
  [/^at most (\d+)$/, 'au plus $1'],
];

/** One line for people, as describeProblem in English. */
export function problemInFrench(problem: ConfigProblem, fileName: string): string {
  const found = inFrench(problem.found);
  const expected = Object.hasOwn(phrases, problem.expected) ? inFrench(problem.expected) : expectedOf(problem);
  const where = problem.line === 0 ? fileName : `${fileName}:${problem.line}:${problem.column}`;
  return `${where} : ${problem.key === '' ? '' : `${problem.key} : `}trouvé ${found}, attendu ${expected}`;
}

function expectedOf({ key, expected, found }: ConfigProblem): string {
  const isNearestKey = found === 'a key that is not known';
  return Object.hasOwn(fields, key) && !isNearestKey
    ? expectedInFrench(key as keyof typeof fields)
    : inFrench(expected);
}

function inFrench(text: string): string {
  if (Object.hasOwn(phrases, text)) return phrases[text] ?? text;
  const known = patterns.find(([pattern]) => pattern.test(text));
  return known === undefined ? text : text.replace(...known);
}
