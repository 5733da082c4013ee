import { nearestKey } from '@hipay-ecr/shared/config/nearest-key.ts';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { found, shortened } from './found.ts';
import { httpLimits } from './http-limits.ts';

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
      const meant = meantBy(unknown, fieldsOf(error));
      const hint = meant === undefined ? 'leave it out' : `${meant} may have been meant`;
      problems.set(unknown, `${shortened(unknown)}: unknown field; ${hint}`);
      continue;
    }
    const [field, ...rest] = [...pathOf(error.instancePath), ...(missing === undefined ? [] : [missing])];
    const place = field === undefined ? 'the body' : [field, ...rest].join('.');
    if (problems.has(place)) continue;
    const words = expected[field === undefined ? '' : rest.length > 0 ? `${field}.*` : field] ?? error.message;
    const seen = missing === undefined ? found(error.data) : `nothing${misspelling(missing, error)}`;
    problems.set(place, `${place}: found ${seen}, expected ${words}`);
  }
  return problems;
}

/** Which field somebody most likely meant by this name; undefined where none is close. */
export function meantBy(name: string, fields: readonly string[]): string | undefined {
  return nearestKey(name.slice(0, httpLimits.readCharacters), fields);
}

/** What there is in the place of a field that is missing: one that is nearly called so. */
function misspelling(missing: string, error: ErrorObject): string {
  const fields = fieldsOf(error);
  const unknown = Object.keys(error.data as object).filter((name) => !fields.includes(name));
  const near = unknown.find((name) => meantBy(name, fields) === missing);
  return near === undefined ? '' : ` (but ${shortened(near)}, which may have been meant for it)`;
}

/** The fields that the object may have; ajv is told to bring them along (verbose). */
function fieldsOf({ parentSchema }: ErrorObject): string[] {
  return Object.keys((parentSchema?.properties as object | undefined) ?? {});
}

/** The names that a JSON Pointer (RFC 6901) leads through. */
function pathOf(pointer: string): string[] {
  const names = pointer.split('/').slice(1);
  return names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}
