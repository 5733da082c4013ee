import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { expect, test } from '@jest/globals';
import { before } from './before.ts';

test('it resolves to what the promise does', async () => {
  const clock = new ManualClock();
  expect(await before(1_000, Promise.resolve('in time'), clock)).toBe('in time');
  expect(clock.untilNextMs).toBeUndefined();
});

test('it resolves to undefined at the deadline', async () => {
  const clock = new ManualClock();
  const late = before(1_000, new Promise(() => {}), clock);
  clock.advance(1_000);
  expect(await late).toBeUndefined();
});

test('a promise that rejects leaves no timer behind', async () => {
  const clock = new ManualClock();
  await expect(before(1_000, Promise.reject(new Error('disk full')), clock)).rejects.toThrow('disk full');
  expect(clock.untilNextMs).toBeUndefined();
});
