import type { Language } from '../error-code.ts';
import type { ConfigChanges } from './config-changes.ts';
import { editConfigYaml } from './edit-config-yaml.ts';
import { fieldKeys, fields } from './fields.ts';
import { freshConfigYaml } from './fresh-config-yaml.ts';

export interface WriteOptions {
  /** That of the comments. */
  language: Language;
  /** The file as it is: its comments, its unknown keys and what is not given stay. */
  existing?: string;
}

/** The text of config.yml. The values were checked where they were asked for: a wrong one here is a bug. */
export function writeConfigYaml(values: ConfigChanges, { language, existing }: WriteOptions): string {
  for (const key of fieldKeys) {
    const text = values[key];
    if (typeof text !== 'string') continue;
    const parsed = fields[key].parse(text);
    if (!parsed.ok) throw new Error(`${key} cannot be written: expected ${parsed.expected}`);
  }
  if (existing === undefined || existing.trim() === '') return freshConfigYaml(values, language);
  const edited = editConfigYaml(existing, values, language);
  if (edited !== undefined) return edited;
  return `${freshConfigYaml(values, language)}\n${asComment(existing, language)}`;
}

/** What cannot be read as YAML was still written by somebody: it is kept where it can do no harm. */
function asComment(existing: string, language: Language): string {
  const title =
    language === 'fr'
      ? "Ce qui suit était là auparavant et n'a pas pu être lu comme du YAML :"
      : 'What follows stood here before and could not be read as YAML:';
  const lines = existing.trimEnd().split(/\r\n|[\r\n\u2028\u2029\u0085]/);
  return `${[title, ...lines].map((line) => `# ${line}`.trimEnd()).join('\n')}\n`;
}
