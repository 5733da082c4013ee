import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../payments/order.ts';
import { canonicalJson, digestOf, nestsWithin } from './canonical-json.ts';

const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<Json>;

test('keys are sorted at every level and nothing else changes', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  expect(canonicalJson([])).toBe('[]');
  expect(canonicalJson({})).toBe('{}');
});

test('it is JSON of the same value, whatever the value', () => {
  fc.assert(
    fc.property(json, (value) => expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value))),
  );
  fc.assert(
    fc.property(json, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))),
  );
});

test('two orders of the same keys have one digest, two values have two', () => {
  expect(digestOf({ amount: 1, order_id: 'a' })).toBe(digestOf({ order_id: 'a', amount: 1 }));
  expect(digestOf({ amount: 1 })).not.toBe(digestOf({ amount: '1' }));
  expect(digestOf({})).toMatch(/^[0-9a-f]{64}$/);
});

test('the deepest nesting that fits in a body needs no stack', () => {
  const levels = 500_000;
  const deep: Json = JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
  expect(canonicalJson(deep)).toHaveLength(2 * levels);
  expect(nestsWithin(deep, 16)).toBe(false);
});

test('nesting is counted in arrays and objects alike', () => {
  expect(nestsWithin('text', 0)).toBe(true);
  expect(nestsWithin([], 0)).toBe(false);
  expect(nestsWithin({ a: [{}] }, 3)).toBe(true);
  expect(nestsWithin({ a: [{}] }, 2)).toBe(false);
});
