import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileSchema, schemaCompiler } from './compile-schema.ts';
import { openapi } from './openapi.ts';
import { options } from './payment-request.fixture.ts';
import { readPaymentRequest } from './payment-request-body.ts';
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

const checksSchemas = schemaCompiler({ meta: true, validateSchema: true });

test.each(Object.entries(schemas))('%s compiles, and each of its fields is described', (name, schema) => {
  expect(() => checksSchemas.compile(schema)).not.toThrow();
  expect(schema.description).toMatch(/\w/);
  const undescribed = [...properties(schema, name)].filter(([, property]) => typeof property.description !== 'string');
  expect(undescribed.map(([path]) => path)).toEqual([]);
});

test('whatever JSON comes in: an order or problems, and what is accepted fits the published schema', () => {
  const published = compileSchema(openapi([], '1.0.0', 8888).components.schemas.PaymentRequest ?? {});
  const any = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
  const field = <Value>(good: fc.Arbitrary<Value>) => fc.oneof({ weight: 4, arbitrary: good }, any);
  const near = fc.record(
    {
      amount: field(
        fc.oneof(
          fc.integer({ min: 1, max: 99999999 }).map((minor) => minor / 100),
          fc.constantFrom('10,23', '7'),
        ),
      ),
      currency: field(fc.constantFrom('EUR', 'CHF')),
      order_id: field(fc.oneof(fc.string(), fc.integer())),
      transaction_type: field(fc.constantFrom('Debit', 'Credit')),
      transation_type: field(fc.constantFrom('Debit', 'Credit')),
      force_authorization: field(fc.boolean()),
      cart: any,
      customer: field(fc.record({ id: any, firstName: any, lastname: any, email: any }, { requiredKeys: [] })),
      custom_data: field(
        fc.dictionary(fc.string(), fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.constant(null))),
      ),
    },
    { requiredKeys: [] },
  );
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 5, arbitrary: near }, any), (body) => {
      const read = readPaymentRequest(body, options);
      if (read.ok) {
        accepted += 1;
        expect(published(body)).toBe(true);
        const { order } = read;
        expect(Number.isInteger(order.amountMinor) && order.amountMinor >= 1 && order.amountMinor <= 99999999).toBe(
          true,
        );
        expect(order.orderId).not.toBe('');
      } else {
        refused += 1;
        expect(read.problems.length).toBeGreaterThan(0);
        for (const problem of read.problems) expect(problem).toMatch(/: found .*, expected |^and \d+ more$/s);
      }
    }),
    { numRuns: 700 },
  );
  expect(accepted).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(50);
});
