import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

/** docs/installation, by its language. */
export const guides = { en: read('installation.md'), fr: read('installation.fr.md') };

/** What stands between the fences of one kind, without its comments. */
export function blocks(guide: string, kind: string): string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) =>
    text.replace(/ *# .*$/gm, ''),
  );
}

/** The section of this number. */
export function section(guide: string, number: number): string {
  const [, text] = new RegExp(`^## ${number}\\. .*\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(guide) ?? [];
  if (text === undefined) throw new Error(`there is no section ${number}`);
  return text;
}
