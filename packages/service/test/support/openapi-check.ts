import type { ValidateFunction } from 'ajv/dist/2020.js';
import { compileSchema } from '../../src/http/compile-schema.ts';

/** An answer as a test got it. `path` is that of the request, with or without its query. */
export interface GivenAnswer {
  method: string;
  path: string;
  status: number;
  contentType: string | undefined;
  body: unknown;
}

interface Described {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content: Record<string, { schema: { $ref: string } } | undefined> }> }>
  >;
  components: { schemas: Record<string, Record<string, unknown>> };
}

const compiled = new WeakMap<object, Map<string, ValidateFunction>>();
/** By the text of the schema, which is the same in the description of each service that a test starts. */
const compiledByText = new Map<string, ValidateFunction>();

/**
 * Throws unless the answer is one that the OpenAPI document describes: path, method, status, media type and every field.
 * A path or method that is not described may only be answered by the error envelope.
 */
export function assertAnswersOpenapi(document: unknown, answer: GivenAnswer): void {
  const { paths } = document as Described;
  const [path = ''] = answer.path.split('?');
  const template = templateOf(Object.keys(paths), path);
  const operation = template === undefined ? undefined : paths[template]?.[answer.method.toLowerCase()];
  const where = `${answer.method} ${answer.path} → ${answer.status}`;
  if (operation === undefined && answer.status < 400)
    throw new Error(`${where}: not described, yet answered with success`);
  const response = operation?.responses[answer.status];
  if (operation !== undefined && response === undefined) throw new Error(`${where}: this status is not described`);
  const mediaType = answer.contentType?.split(';')[0]?.trim();
  if (mediaType !== 'application/json' && response?.content[mediaType ?? ''] !== undefined) return;
  if (mediaType !== 'application/json') throw new Error(`${where}: found ${mediaType}, expected application/json`);
  const reference = response?.content['application/json']?.schema.$ref ?? '#/components/schemas/ErrorEnvelope';
  const validate = validator(document as Described, reference.slice('#/components/schemas/'.length));
  if (validate(answer.body)) return;
  const problems = (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
  throw new Error(
    `${where}: the body is not as described: ${problems.join('; ')}\n${JSON.stringify(answer.body, null, 2)}`,
  );
}

function templateOf(templates: string[], path: string): string | undefined {
  const literal = templates.find((template) => template === path);
  return (
    literal ?? templates.find((template) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
  );
}

function validator(document: Described, name: string): ValidateFunction {
  const known = compiled.get(document) ?? new Map<string, ValidateFunction>();
  compiled.set(document, known);
  const schema = document.components.schemas[name];
  if (schema === undefined) throw new Error(`The description refers to ${name}, and does not have it`);
  const validate = known.get(name) ?? compiledOnce(schema);
  known.set(name, validate);
  return validate;
}

function compiledOnce(schema: Record<string, unknown>): ValidateFunction {
  const text = JSON.stringify(schema);
  const validate = compiledByText.get(text) ?? compileSchema(schema);
  compiledByText.set(text, validate);
  return validate;
}
