import { beforeEach, describe, expect, test } from '@jest/globals';
import { RegistrationSchedule } from './registration-schedule.ts';

const old = { paymentId: 'old', acceptedAtMs: 1 };
const young = { paymentId: 'young', acceptedAtMs: 2 };

let schedule: RegistrationSchedule;
beforeEach(() => {
  schedule = new RegistrationSchedule();
});

describe('rule 13: the oldest of those that are due goes first', () => {
  test('by the age of the payment, not by when it fell due or was put in', () => {
    schedule.set(young, 10);
    schedule.set(old, 20);
    expect(schedule.oldestDue(20)).toBe('old');
  });

  test('one that backs off does not hold up a younger one', () => {
    schedule.set(old, 500);
    schedule.set(young, 10);
    expect(schedule.oldestDue(10)).toBe('young');
    expect(schedule.oldestDue(9)).toBeUndefined();
  });

  test('nothing waits: nothing is due', () => {
    expect(schedule.oldestDue(1e9)).toBeUndefined();
    expect(schedule.nextDueMs()).toBeUndefined();
  });
});

test('the next one due', () => {
  schedule.set(old, 500);
  schedule.set(young, 300);
  expect(schedule.nextDueMs()).toBe(300);
  schedule.delete('young');
  expect(schedule.nextDueMs()).toBe(500);
  expect(schedule.size).toBe(1);
});

test('a flight under way is never due', () => {
  schedule.set(old, Number.POSITIVE_INFINITY);
  expect(schedule.oldestDue(Number.MAX_SAFE_INTEGER)).toBeUndefined();
  expect(schedule.has('old')).toBe(true);
});

test('rule 13: failures are counted per payment, and survive being set again', () => {
  schedule.set(old, 1);
  schedule.set(young, 1);
  expect([schedule.fail('old'), schedule.fail('old')]).toEqual([1, 2]);
  schedule.set(old, 2);
  expect(schedule.fail('old')).toBe(3);
  expect(schedule.fail('young')).toBe(1);
  expect(schedule.fail('gone')).toBe(1);
});

test('rule 12: that a look-up found nothing holds until the next sending', () => {
  schedule.set(old, 1, true);
  expect(schedule.lookedUp('old')).toBe(true);
  schedule.delay('old', 5);
  expect(schedule.lookedUp('old')).toBe(true);
  expect(schedule.oldestDue(4)).toBeUndefined();
  schedule.set(old, Number.POSITIVE_INFINITY);
  expect(schedule.lookedUp('old')).toBe(false);
  expect(schedule.lookedUp('gone')).toBe(false);
});

test('what is gone cannot be put off', () => {
  schedule.delay('gone', 5);
  expect(schedule.has('gone')).toBe(false);
});
