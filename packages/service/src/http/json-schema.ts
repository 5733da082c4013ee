/** A JSON Schema of the 2020-12 dialect, which is that of OpenAPI 3.1. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** An object that has exactly these properties; those named in `optional` may be missing. */
export function exactly(
  description: string,
  properties: Record<string, JsonSchema>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', description, properties, required, additionalProperties: false };
}

export const text = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string',
  description,
  ...more,
});
export const flag = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'boolean',
  description,
  ...more,
});
export const count = (description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'integer',
  minimum: 0,
  description,
  ...more,
});
/** A moment as RFC 3339 writes it, in UTC. */
export const moment = (description: string): JsonSchema => ({ type: 'string', format: 'date-time', description });
