import type { ConfigProblem } from './config-problem.ts';
import type { Environment } from './environment.ts';
import {
  type ConfigValues,
  contractKeys,
  contractKinds,
  type Field,
  type FieldKey,
  type Fields,
  fieldKeys,
  fields,
} from './fields.ts';
import { type Entries, type Entry, type Position, shownText, type WrittenText } from './read-entries.ts';

interface ReadValues {
  values: Partial<ConfigValues>;
  wrong: ConfigProblem[];
  missing: ConfigProblem[];
}

/** The value of each key, from the environment, the file or its default; and what is wrong or missing. */
export function readValues(
  entries: Entries,
  environment: Environment,
  end: Position,
  table: Fields = fields,
): ReadValues {
  const values: Record<string, unknown> = {};
  const read: ReadValues = { values: values as Partial<ConfigValues>, wrong: [], missing: [] };
  for (const key of fieldKeys) {
    const field: Field<unknown> = table[key];
    const variable = field.variable && environment[field.variable];
    const entry = entries.byKey.get(key);
    if (field.variable && variable) {
      const parsed = field.parse(variable);
      if (parsed.ok) values[key] = parsed.value;
      else read.wrong.push(wrongInEnvironment(key, field.variable, parsed.expected));
    } else if (entry !== undefined) {
      const parsed = parseEntry(key, field, entry);
      if (parsed.ok) values[key] = parsed.value;
      else read.wrong.push(...parsed.problems);
    } else if (field.default !== undefined) {
      const parsed = field.parse(field.default);
      if (parsed.ok) values[key] = parsed.value;
    } else if (field.presence === 'required') {
      read.missing.push(nothing(key, end));
    }
  }
  read.missing.push(...missingInContracts(entries, end));
  return read;
}

function wrongInEnvironment(key: FieldKey, variable: string, expected: string): ConfigProblem {
  return { key, line: 0, column: 0, found: `something else in the environment variable ${variable}`, expected };
}

function missingInContracts({ byKey, groups, problems }: Entries, end: Position): ConfigProblem[] {
  const present = contractKinds.filter((kind) => groups.has(`contract.${kind}`));
  const missing = present.flatMap((kind) => {
    const at = groups.get(`contract.${kind}`) ?? end;
    return contractKeys(kind).flatMap((key) => (byKey.has(key) ? [] : [nothing(key, at)]));
  });
  const toldAlready = problems.some(({ key }) => /^contract(\.\w+)?$/.test(key));
  if (present.length > 0 || toldAlready) return missing;
  const at = groups.get('contract') ?? end;
  return [{ key: 'contract', ...at, found: 'neither proxy nor nfc', expected: 'one of them, or both' }];
}

function nothing(key: FieldKey, { line, column }: Position): ConfigProblem {
  return { key, line, column, found: 'nothing', expected: expectedOf(fields[key]) };
}

type ParsedEntry = { ok: true; value: unknown } | { ok: false; problems: ConfigProblem[] };

function parseEntry(key: FieldKey, field: Field<unknown>, entry: Entry): ParsedEntry {
  const wrong = ({ line, column }: Position, found: string, expected = expectedOf(field)): ParsedEntry => ({
    ok: false,
    problems: [{ key, line, column, found, expected }],
  });
  if (entry.kind === 'told') return { ok: false, problems: [] };
  if (entry.kind === 'mapping') return wrong(entry.at, 'keys and values');
  if (entry.kind === 'value') {
    const parsed = field.parse(entry.text);
    return parsed.ok ? parsed : wrong(entry.at, shown(field, entry), parsed.expected);
  }
  if (!field.list) return wrong(entry.at, 'a list');
  const items = entry.items.map((item): ParsedEntry => {
    if (item.text === undefined) return wrong(item.at, 'a list or mapping');
    const parsed = field.parse(item.text);
    return parsed.ok ? parsed : wrong(item.at, shown(field, item), parsed.expected);
  });
  const problems = items.flatMap((item) => (item.ok ? [] : item.problems));
  if (problems.length > 0) return { ok: false, problems };
  const parsed = field.parse(entry.items.map(({ text }) => text).join(','));
  return parsed.ok ? parsed : wrong(entry.at, 'an empty list', parsed.expected);
}

function expectedOf(field: Field<unknown>): string {
  const parsed = field.parse('\u0000');
  return parsed.ok ? 'a value' : parsed.expected;
}

function shown(field: Field<unknown>, written: WrittenText): string {
  return field.secret && written.text !== '' ? 'a value that is not shown' : shownText(written);
}
