import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { Config } from './config.ts';
import { configFromValues } from './config-from-values.ts';
import { configLimits } from './config-limits.ts';
import type { ConfigProblem } from './config-problem.ts';
import type { Environment } from './environment.ts';
import { type ConfigValues, fieldKeys } from './fields.ts';
import { readEntries } from './read-entries.ts';
import { readValues } from './read-values.ts';
import { syntaxMistake } from './syntax-mistakes.ts';
import { yamlOptions } from './yaml-options.ts';

export { type ConfigProblem, describeProblem } from './config-problem.ts';

export type ParsedConfig =
  | { ok: true; config: Config; warnings: ConfigProblem[] }
  /** `known`: the values that are right, of a text that could be read as a whole. */
  | { ok: false; problems: ConfigProblem[]; warnings: ConfigProblem[]; known: Partial<ConfigValues> };

/** Reads config.yml. All that is wrong with it is told at once, in the order of the lines. */
export function parseConfig(yamlText: string, environment: Environment): ParsedConfig {
  const bytes = new TextEncoder().encode(yamlText).length;
  if (bytes > configLimits.bytes) {
    const found = `${bytes} bytes`;
    const problem = { key: '', line: 1, column: 1, found, expected: `at most ${configLimits.bytes}` };
    return { ok: false, problems: [problem], warnings: [], known: {} };
  }
  const lines = new LineCounter();
  const document = parseDocument(yamlText, { ...yamlOptions, lineCounter: lines });
  const syntax = syntaxProblems(document.errors, yamlText, lines);
  const entries = readEntries(document, lines);
  const { line, col: column } = lines.linePos(yamlText.length);
  const end = { line: Math.max(1, line), column: Math.max(1, column) };
  const { values, wrong, missing } = readValues(entries, environment, end);
  if (syntax.length > 0) {
    // Part of the text was misread: what seems to be missing or unknown may be there all the same, and what stands in
    // the same line is a consequence.
    const brokenLines = new Set(syntax.map((problem) => problem.line));
    const others = [...entries.problems, ...wrong].filter((problem) => !brokenLines.has(problem.line));
    return { ok: false, problems: inOrder([...syntax, ...others]), warnings: [], known: {} };
  }
  const problems = [...entries.problems, ...wrong, ...missing];
  const warnings = inOrder(entries.warnings);
  if (problems.length > 0) return { ok: false, problems: inOrder(problems), warnings, known: values };
  return { ok: true, config: configFromValues(values), warnings };
}

/** The first mistake of each line; those after it are its consequences. */
function syntaxProblems(errors: YAMLError[], yamlText: string, lines: LineCounter): ConfigProblem[] {
  const texts = yamlText.split(/\r?\n/);
  const byLine = new Map<number, ConfigProblem>();
  for (const { code, pos } of errors) {
    const { line, col } = lines.linePos(pos[0]);
    if (byLine.has(line)) continue;
    const name = /^\s*(\w+)\s*:/.exec(texts[line - 1] ?? '')?.[1] ?? '';
    const key = fieldKeys.some((known) => known.split('.').includes(name)) ? name : '';
    byLine.set(line, { key, line: Math.max(1, line), column: Math.max(1, col), ...syntaxMistake(code) });
  }
  return [...byLine.values()];
}

function inOrder(problems: ConfigProblem[]): ConfigProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, configLimits.problems);
}
