import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Ages } from './ages.ts';
import type { FactBody } from './fact.ts';
import { LastInDoubt } from './last-in-doubt.ts';
import { accepted, answered, asked, paymentOf, START_MS, unclear } from './payment.fixture.ts';
import { RunningPayments } from './running-payments.ts';

const MINUTE_MS = 60_000;

function lastWas(facts: Parameters<typeof paymentOf>[0]) {
  const clock = new ManualClock(START_MS, 24 * 60 * MINUTE_MS);
  const ages = new Ages(clock);
  const running = new RunningPayments();
  running.asked(paymentOf([accepted(), ...facts], 'P', START_MS - facts.length * 1_000));
  return { clock, doubt: new LastInDoubt({ running, ages, clock }) };
}

describe('rule 10: the payment asked last, while its answer may still come', () => {
  test.each([
    ['running', [asked()], false, true],
    ['unknown', [asked(), unclear], true, true],
    ['approved', [asked(), answered('0')], false, false],
    ['refused', [asked(), answered('7')], false, false],
  ] as const)('%s: young doubt, and only its device', (_, facts, young, expects) => {
    const { doubt } = lastWas([...facts]);
    expect(doubt.isYoung()).toBe(young);
    expect(doubt.expectedDevice() !== undefined).toBe(expects);
  });

  test('after 15 minutes the doubt is old, and any device will do', () => {
    const { clock, doubt } = lastWas([asked(), unclear]);
    clock.advance(14 * MINUTE_MS);
    expect(doubt.isYoung()).toBe(true);
    clock.advance(2 * MINUTE_MS);
    expect(doubt.isYoung()).toBe(false);
    expect(doubt.expectedDevice()).toBeUndefined();
  });

  test('rule 18: where its age is in doubt, this process waits 15 minutes of its own, from when it first sees the doubt', () => {
    const { clock, doubt } = lastWas([asked(), unclear]);
    clock.advance(10 * MINUTE_MS);
    clock.setWall(START_MS + 10 * 60 * MINUTE_MS);
    expect(doubt.isYoung()).toBe(true);
    clock.advance(14 * MINUTE_MS);
    expect(doubt.isYoung()).toBe(true);
    clock.advance(2 * MINUTE_MS);
    expect(doubt.isYoung()).toBe(false);
  });

  describe('rule 18: accepted on an earlier boot, and the clock was set on while no process of ours ran', () => {
    /** 17 minutes old by the wall, of which ten are what the clock was set by. */
    const afterReboot = (earlier?: string, present?: string) => {
      const wallMs = START_MS + 17 * MINUTE_MS;
      const clock = Object.assign(new ManualClock(wallMs, 10 * MINUTE_MS), { bootId: present });
      const ages = new Ages(clock);
      const running = new RunningPayments();
      const first = { ...accepted(), bootAtMs: START_MS - 24 * 60 * MINUTE_MS, bootId: earlier };
      running.asked(paymentOf([first as FactBody, asked(), unclear], 'P', START_MS));
      return { clock, doubt: new LastInDoubt({ running, ages, clock }) };
    };

    test.each([
      ['boots have names', 'the earlier one', 'this one'],
      ['boots have none', undefined, undefined],
    ])('%s: young until this process has run for 15 minutes', (_, earlier, present) => {
      const { clock, doubt } = afterReboot(earlier, present);
      expect(doubt.isYoung()).toBe(true);
      clock.advance(14 * MINUTE_MS);
      expect(doubt.isYoung()).toBe(true);
      clock.sleep(2 * MINUTE_MS);
      expect(doubt.isYoung()).toBe(false);
    });
  });

  test('rule 18: after a restart on the same boot, by the same wall, the age is known at once', () => {
    const clock = new ManualClock(START_MS, 24 * 60 * MINUTE_MS);
    const first = { ...accepted(), bootAtMs: new Ages(clock).bootAtMs() };
    clock.advance(16 * MINUTE_MS);
    const running = new RunningPayments();
    running.asked(paymentOf([first as FactBody, asked(), unclear], 'P', START_MS));
    expect(new LastInDoubt({ running, ages: new Ages(clock), clock }).isYoung()).toBe(false);
  });
});
