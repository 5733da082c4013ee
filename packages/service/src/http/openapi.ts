import type { JsonSchema } from './json-schema.ts';
import type { Route } from './route.ts';
import { type SchemaName, schemas } from './schemas.ts';

/** What every operation can answer, whatever it does. */
const commonAnswers: Route['answers'] = {
  400: { description: 'The request cannot be understood.', schema: 'ErrorEnvelope' },
  401: { description: 'Credentials are missing or wrong.', schema: 'ErrorEnvelope' },
  403: {
    description: 'The request comes from a web page that may not call, or names another host.',
    schema: 'ErrorEnvelope',
  },
  404: { description: 'There is no such thing.', schema: 'ErrorEnvelope' },
  405: { description: 'The path is known, with another method.', schema: 'ErrorEnvelope' },
  500: { description: 'The program is at fault; its log tells why.', schema: 'ErrorEnvelope' },
};

export interface OpenApi {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  paths: Record<string, Record<string, JsonSchema>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, JsonSchema> };
}

/** The interface, described by the very schemas that check it and the very table that it is served from. */
export function openapi(routes: readonly Route[], version: string, port: number): OpenApi {
  const paths: OpenApi['paths'] = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'HiPay Desktop Connector',
      version,
      description:
        'Takes payments on the payment terminal of this till and tells HiPay of them. Wait at least 200 s for the answer ' +
        'to a payment request; after a lost connection ask again with the same order_id, which never charges twice.',
    },
    servers: [{ url: `http://localhost:${port}` }],
    security: [{ basic: [] }],
    paths,
    components: {
      schemas: { ...schemas },
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic', description: 'api_username and api_password of config.yml.' },
      },
    },
  };
}

function operation(route: Route): JsonSchema {
  const answers = { ...commonAnswers, ...route.answers };
  const responses = Object.entries(answers).map(([status, { description, schema, also = [] }]) => [
    status,
    { description, content: { ...json(schema), ...Object.fromEntries(also.map((type) => [type, plainText])) } },
  ]);
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.parameters && { parameters: route.parameters.map(parameter) }),
    ...(route.body && { requestBody: { required: true, content: json(route.body) } }),
    responses: Object.fromEntries(responses),
  };
}

function parameter({ name, in: place, description, schema }: NonNullable<Route['parameters']>[number]): JsonSchema {
  return { name, in: place, required: place === 'path', description, schema };
}

const plainText = { schema: { type: 'string' } };

function json(name: SchemaName): JsonSchema {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
}
