import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);

/** The numbers of the rules, as docs/money.md lists them. */
function rules(): number[] {
  const text = readFileSync(new URL('docs/money.md', root), 'utf8');
  const [, list = ''] = text.split('## 3. Rules');
  const [part = ''] = list.split('## 4. ');
  return [...part.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
}

/** The numbers that the names of tests bear: "rule 5: ...". */
function ruled(): Set<number> {
  const names = /(?:describe|test)(?:\.each)?\(\s*['"`][^'"`\n]*|^\s*'rule \d+[^'\n]*/gm;
  const files = ['packages', 'scripts'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
      .map((name) => fileURLToPath(new URL(`${folder}/${name}`, root))),
  );
  const found = files.flatMap((file) => readFileSync(file, 'utf8').match(names) ?? []);
  return new Set(found.flatMap((name) => [...name.matchAll(/\brule (\d+)/g)].map(([, number]) => Number(number))));
}

test('each rule of docs/money.md has a test that bears its number', () => {
  expect(rules()).toEqual(Array.from({ length: 19 }, (_, n) => n + 1));
  const tested = ruled();
  expect(rules().filter((rule) => !tested.has(rule))).toEqual([]);
});
