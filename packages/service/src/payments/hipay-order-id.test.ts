import { anyCharacter } from '@hipay-ecr/shared/characters.fixture.ts';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hipayOrderIdFor, ownHipayOrderId } from './hipay-order-id.ts';

const ID = '01KE6ZQ3Q8W1V7B4M2N9T5C6XD';

test.each([
  ['A-1', false, 'A-1'],
  ['x'.repeat(32), false, 'x'.repeat(32)],
  ['x'.repeat(33), false, `${'x'.repeat(22)}-2N9T5C6XD`],
  ['A-1', true, 'A-1-2N9T5C6XD'],
  ['🍕'.repeat(32), false, '🍕'.repeat(32)],
  ['🍕'.repeat(33), false, `${'🍕'.repeat(22)}-2N9T5C6XD`],
])('rule 11: %s, used before: %s', (orderId, used, expected) => {
  expect(hipayOrderIdFor(orderId, ID, used)).toBe(expected);
});

test('rule 11: never over 32 characters, never half a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, minLength: 1, maxLength: 255 }), fc.boolean(), (orderId, used) => {
      const id = hipayOrderIdFor(orderId, ID, used);
      expect([...id].length).toBeLessThanOrEqual(32);
      expect(id.isWellFormed()).toBe(true);
    }),
  );
});

test('two payments of one order have ids of their own', () => {
  expect(ownHipayOrderId('A-1', ID)).not.toBe(ownHipayOrderId('A-1', '01KE6ZQ3Q8W1V7B4M2N9T5C6XE'));
});
