import standaloneCode from 'ajv/dist/standalone/index.js';
import { bodySchemas } from '../../packages/service/src/http/body-schemas.ts';
import { schemaCompiler } from '../../packages/service/src/http/compile-schema.ts';

/** What stands in the executable for body-checks.ts: what ajv makes of the very same schemas, with the very same settings. */
export function compiledChecks(): string {
  const compiler = schemaCompiler({ code: { source: true, esm: true } });
  for (const [name, schema] of Object.entries(bodySchemas)) compiler.addSchema(schema, name);
  const names = Object.keys(bodySchemas);
  const code = standaloneCode.default(compiler, Object.fromEntries(names.map((name) => [name, name])));
  // A format would be looked for in ajv, which is not there.
  if (code.includes('formats')) throw new Error('a schema of a body has a format: give its code to standaloneCode');
  return `${code}\nexport const bodyChecks = { ${names.join(', ')} };\n`;
}
