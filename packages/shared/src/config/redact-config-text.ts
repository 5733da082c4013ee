import { HIDDEN } from '../masked.ts';
import { formsOf, secretKeys, secretParts } from '../secret-forms.ts';
import { type FieldKey, fieldKeys, fields } from './fields.ts';

/** `key: value`, also where it was made a comment; the value goes to the end of the line. */
const PAIR = /^(\s*(?:#\s*)*)(["']?)([\w.-]+)\2(\s*:)(?=\s|$)(.*)$/;
const ITEM = /^\s*(#\s*)*-\s/;
const COMMENT = /^\s*#/;

const GROUPS = ['contract', 'proxy', 'nfc'];
const USERS: readonly string[] = ['hipay_login', 'api_username'] satisfies FieldKey[];
const shownKeys = new Map<string, FieldKey | undefined>([
  ...GROUPS.map((group) => [group, undefined] as const),
  ...fieldKeys.filter((key) => !fields[key].secret).map((key) => [key.split('.').at(-1) ?? key, key] as const),
]);

/**
 * The text of a config.yml as it may be shown, comments and mistakes included; it need not be YAML. Only what stands behind a
 * key that is known and no secret is shown: a misspelt key may be that of a password, and a line without a key a piece of one.
 */
export function redactConfigText(text: string): string {
  let listed = false;
  const lines = text.split(/\r\n|[\r\n]/).map((line) => {
    const [, indent = '', quote = '', key = '', colon = '', value = ''] = PAIR.exec(line) ?? [];
    if (key !== '' && isSentence(line, key)) return line;
    if (key !== '') {
      listed = shownKeys.has(key) && fields[shownKeys.get(key) ?? 'hipay_login'].list === true;
      const shown = shownKeys.has(key) && !namesOther(value);
      return shown || value.trim() === '' ? line : `${indent}${quote}${key}${quote}${colon} "${HIDDEN}"`;
    }
    if (line.trim() === '' || COMMENT.test(line) || (listed && ITEM.test(line)) || /^(---|\.\.\.)$/.test(line))
      return line;
    return `# ${HIDDEN}`;
  });
  return lines.join('\n');
}

/** What is behind the secret keys of this text, whether or not it is YAML, in each form in which it travels. */
export function secretsInText(text: string): string[] {
  const pairs = text.split(/\r\n|[\r\n]/).flatMap((line) => {
    const [, , , key = '', , value = ''] = PAIR.exec(line) ?? [];
    return key === '' ? [] : [{ key, values: readings(value) }];
  });
  const isSecret = (key: string) => secretKeys.includes(key as FieldKey) || (looksSecret(key) && !shownKeys.has(key));
  const users = pairs.filter(({ key }) => USERS.includes(key)).flatMap(({ values }) => values);
  const secrets = pairs.filter(({ key }) => isSecret(key)).flatMap(({ values }) => values.flatMap(secretParts));
  const signedIn = secrets.flatMap((secret) => users.map((user) => `${user}:${secret}`));
  return [...new Set([...secrets, ...signedIn].flatMap(formsOf))];
}

/** What a value may mean: with its quotes and the remark behind it, or without. */
function readings(value: string): string[] {
  const bare = value.trim();
  const withoutRemark = bare.replace(/\s+#.*$/, '');
  const unquoted = /^(["'])(.*)\1$/.exec(withoutRemark)?.[2] ?? withoutRemark;
  const meant = unquoted.replaceAll("''", "'").replace(/\\(.)/g, '$1');
  return [...new Set([bare, withoutRemark, unquoted, meant])].filter((text) => text !== '');
}

/** A comment such as `# note: the cable is new`: what is no key of ours, and looks like none that was misspelt. */
function isSentence(line: string, key: string): boolean {
  return COMMENT.test(line) && !shownKeys.has(key) && !looksSecret(key);
}

/** In a mapping on one line, a key that is not known or secret. */
function namesOther(value: string): boolean {
  const withoutRemark = value.replace(/\s#.*$/, '');
  if (!/^\s*\{/.test(withoutRemark)) return /^\s*[|>&*!]/.test(withoutRemark);
  return [...withoutRemark.matchAll(/["']?([\w.-]+)["']?\s*:/g)].some(([, key = '']) => !shownKeys.has(key));
}

function looksSecret(key: string): boolean {
  return /pass|pwd|secret|key|proxy|token|hash/i.test(key);
}
