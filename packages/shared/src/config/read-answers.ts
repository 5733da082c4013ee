import { isScalar, LineCounter, parseDocument } from 'yaml';
import { configLimits } from './config-limits.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { ConfigTexts } from './config-texts.ts';
import { type Fields, fieldKeys, fields } from './fields.ts';
import { type Entry, readEntries } from './read-entries.ts';
import { readValues } from './read-values.ts';
import { syntaxMistake } from './syntax-mistakes.ts';
import { yamlOptions } from './yaml-options.ts';

/** What a file of answers says, as far as it says anything. */
export interface ReadAnswers {
  /** The text of each key whose value is right. */
  texts: ConfigTexts;
  /** The text of each of the other keys that were asked for, where it is there. */
  others: Partial<Record<string, string>>;
  problems: ConfigProblem[];
  warnings: ConfigProblem[];
}

/**
 * Reads a file with some of the keys of config.yml, and `otherKeys` that are none. What is missing is no mistake here. Of new answers
 * `table` tells what they must be.
 */
export function readAnswers(
  yamlText: string,
  { otherKeys = [], table = fields }: { otherKeys?: readonly string[]; table?: Fields } = {},
): ReadAnswers {
  const bytes = new TextEncoder().encode(yamlText).length;
  if (bytes > configLimits.bytes) {
    const expected = `at most ${configLimits.bytes}`;
    return {
      texts: {},
      others: {},
      problems: [{ key: '', line: 1, column: 1, found: `${bytes} bytes`, expected }],
      warnings: [],
    };
  }
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { ...yamlOptions, lineCounter: lines });
  const entries = readEntries(document, lines);
  const { wrong } = readValues(entries, {}, { line: 1, column: 1 }, table);
  const syntax = document.errors.map(({ code, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { key: '', line: Math.max(1, line), column: Math.max(1, col), ...syntaxMistake(code) };
  });
  const wrongKeys = new Set(wrong.map(({ key }) => key));
  const texts: ConfigTexts = {};
  for (const key of fieldKeys) {
    const text = textOf(entries.byKey.get(key));
    if (text !== undefined && !wrongKeys.has(key)) texts[key] = text;
  }
  const others: Partial<Record<string, string>> = {};
  for (const key of otherKeys) {
    const node = document.get(key, true);
    if (isScalar(node) && String(node.value) !== '') others[key] = String(node.value);
  }
  const problems = [...syntax, ...entries.problems, ...wrong]
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, configLimits.problems);
  return { texts, others, problems, warnings: entries.warnings.filter(({ key }) => !otherKeys.includes(key)) };
}

function textOf(entry: Entry | undefined): string | undefined {
  if (entry?.kind === 'value') return entry.text;
  if (entry?.kind !== 'list') return undefined;
  return entry.items.map((item) => item.text ?? '').join(', ');
}
