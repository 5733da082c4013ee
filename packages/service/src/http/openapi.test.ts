import { expect, test } from '@jest/globals';
import { compileSchema } from './compile-schema.ts';
import { schemas } from './schemas.ts';

/** Every place in a schema where a field is described, with its path. */
function* properties(schema: unknown, path: string): Generator<[string, Record<string, unknown>]> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') {
      for (const [name, property] of Object.entries(value as object)) {
        if (typeof property === 'object' && property !== null) yield [`${path}.${name}`, property];
      }
    }
    yield* properties(value, `${path}.${key}`);
  }
}

test.each(Object.entries(schemas))('%s compiles, and each of its fields is described', (name, schema) => {
  expect(() => compileSchema(schema)).not.toThrow();
  expect(schema.description).toMatch(/\w/);
  const undescribed = [...properties(schema, name)].filter(([, property]) => typeof property.description !== 'string');
  expect(undescribed.map(([path]) => path)).toEqual([]);
});
