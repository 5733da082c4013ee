import type { ValidateFunction } from 'ajv/dist/2020.js';
import { bodySchemas } from './body-schemas.ts';
import { compileSchema } from './compile-schema.ts';

/**
 * What checks each body. Compiling them takes longer than all the rest of the start: the executable brings what ajv makes of
 * the very same schemas instead of this file (scripts/package).
 */
export const bodyChecks = Object.fromEntries(
  Object.entries(bodySchemas).map(([name, schema]) => [name, compileSchema(schema)]),
) as Record<keyof typeof bodySchemas, ValidateFunction>;
