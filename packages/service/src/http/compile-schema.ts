import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import type { JsonSchema } from './json-schema.ts';

/** RFC 3339, as Date.toISOString writes it; ajv itself knows no formats. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Compiles a schema with the settings that all of ours are written for. */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  return schemaCompiler().compile(schema);
}

export function schemaCompiler(more: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    // Ours are constants, which a test holds against the meta-schema: to compile that takes longer than all of them.
    ...{ meta: false, validateSchema: false },
    ...more,
  });
  ajv.addFormat('date-time', DATE_TIME);
  return ajv;
}
