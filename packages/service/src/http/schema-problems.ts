import type { ErrorObject } from 'ajv/dist/2020.js';
import { found, shortened } from './found.ts';

/**
 * What ajv objects to, as sentences: one for each place, naming it, what was found there and what is expected. `expected`
 * says that in words for each field by its name, and under `*.` for the fields within it.
 */
export function schemaProblems(
  errors: readonly ErrorObject[],
  expected: Readonly<Record<string, string>>,
): Map<string, string> {
  const problems = new Map<string, string>();
  for (const error of errors) {
    const missing: string | undefined = error.params.missingProperty;
    const unknown: string | undefined = error.params.additionalProperty;
    if (unknown !== undefined) {
      problems.set(unknown, `${shortened(unknown)}: unknown field; leave it out`);
      continue;
    }
    const [field, ...rest] = [...pathOf(error.instancePath), ...(missing === undefined ? [] : [missing])];
    const place = field === undefined ? 'the body' : [field, ...rest].join('.');
    if (problems.has(place)) continue;
    const words = expected[field === undefined ? '' : rest.length > 0 ? `${field}.*` : field] ?? error.message;
    problems.set(place, `${place}: found ${missing === undefined ? found(error.data) : 'nothing'}, expected ${words}`);
  }
  return problems;
}

/** The names that a JSON Pointer (RFC 6901) leads through. */
function pathOf(pointer: string): string[] {
  const names = pointer.split('/').slice(1);
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}
