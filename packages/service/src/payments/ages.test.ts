import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Ages } from './ages.ts';
import { Centre, heard } from './centre.fixture.ts';
import type { FactBody } from './fact.ts';
import { accepted, paymentOf } from './payment.fixture.ts';
import { BROKEN } from './scripted-gateway.fixture.ts';

const HOUR_MS = 3_600_000;

describe('rule 18: how old things are', () => {
  const clock = () => new ManualClock(Date.UTC(2026, 0, 5, 9), 10 * HOUR_MS);
  const payment = (ages: Ages, now: ManualClock) => ({ acceptedAtMs: now.nowMs(), bootAtMs: ages.bootAtMs() });

  test('time passes, and the machine sleeps: both count', () => {
    const now = clock();
    const ages = new Ages(now);
    const made = payment(ages, now);
    now.advance(HOUR_MS);
    now.sleep(HOUR_MS);
    expect(ages.of(made, made.acceptedAtMs)).toBe(2 * HOUR_MS);
  });

  test.each([
    ['on', HOUR_MS],
    ['back', -HOUR_MS],
    ['on by a little more than a minute', 61_000],
  ])('the clock is set %s: what was before has no known age, what comes after has', (_, byMs) => {
    const now = clock();
    const ages = new Ages(now);
    const before = payment(ages, now);
    now.advance(1_000);
    now.setWall(now.nowMs() + byMs);
    expect(ages.of(before, before.acceptedAtMs)).toBe('in_doubt');
    const after = payment(ages, now);
    now.advance(5_000);
    expect(ages.of(after, after.acceptedAtMs)).toBe(5_000);
  });

  test('the clock was set, and nobody asked for an age before the next payment: that one has a known age', () => {
    const now = clock();
    const ages = new Ages(now);
    now.setWall(now.nowMs() - HOUR_MS);
    now.advance(1_000);
    const after = payment(ages, now);
    now.advance(5_000);
    expect(ages.of(after, after.acceptedAtMs)).toBe(5_000);
  });

  test('a minute of drift is nothing', () => {
    const now = clock();
    const ages = new Ages(now);
    const made = payment(ages, now);
    now.setWall(now.nowMs() + 59_000);
    expect(ages.of(made, made.acceptedAtMs)).toBe(59_000);
  });

  test('set while no process of ours ran, on the same boot: in doubt', () => {
    const before = clock();
    const made = payment(new Ages(before), before);
    const now = new ManualClock(before.nowMs() + 3 * HOUR_MS, before.uptimeMs() + HOUR_MS);
    expect(new Ages(now).of(made, made.acceptedAtMs)).toBe('in_doubt');
  });

  describe('set on by more than the machine has run, while no process of ours did', () => {
    const young = (ranMs: number, setByMs: number) => {
      const before = new ManualClock(Date.UTC(2026, 0, 5, 9), 600_000);
      const made = payment(new Ages(before), before);
      const now = new ManualClock(before.nowMs() + ranMs + setByMs, before.uptimeMs() + ranMs);
      return new Ages(now).mayBeWithin(made, made.acceptedAtMs, 120_000);
    };

    test('it looks like an earlier boot, and may all the same be no older than the machine has run since', () => {
      expect(young(30_000, 9 * HOUR_MS)).toBe(true);
      expect(young(121_000, 9 * HOUR_MS)).toBe(false);
    });

    test('a machine that has run for less than it had then was started anew', () => {
      expect(young(-30_000, 9 * HOUR_MS)).toBe(false);
    });
  });

  test('the wall was set back: what an earlier boot wrote stays in doubt once the wall is there again', () => {
    const now = clock();
    const ages = new Ages(now);
    const earlier = { acceptedAtMs: now.nowMs() - 60_000, bootAtMs: ages.bootAtMs() - 20 * HOUR_MS };
    now.setWall(now.nowMs() - 3 * HOUR_MS);
    const after = payment(ages, now);
    now.advance(3 * HOUR_MS);
    expect(ages.of(earlier, earlier.acceptedAtMs)).toBe('in_doubt');
    expect(ages.of(after, after.acceptedAtMs)).toBe(3 * HOUR_MS);
  });

  test('where boots have names, a clock set on by days while no process of ours ran is no new boot', () => {
    const before = clock();
    const made = { ...payment(new Ages(before), before), bootId: 'this one' };
    const later = (bootId: string) => {
      const now = new ManualClock(before.nowMs() + 26 * HOUR_MS, before.uptimeMs() + HOUR_MS);
      return new Ages(Object.assign(now, { bootId })).of(made, made.acceptedAtMs);
    };
    expect(later('this one')).toBe('in_doubt');
    expect(later('the next one')).toBe(26 * HOUR_MS);
  });

  test('accepted while the wall was behind the journal, whose times stand still then: in doubt for good', () => {
    const now = clock();
    const ages = new Ages(now);
    const held = (behindMs: number) =>
      paymentOf(
        [{ ...accepted(), bootAtMs: ages.bootAtMs(), wallAtMs: now.nowMs() } as FactBody],
        'P',
        now.nowMs() + behindMs,
      );
    const [late, fine] = [held(HOUR_MS), held(59_000)];
    now.advance(2 * HOUR_MS);
    expect(ages.of(late, late.acceptedAtMs)).toBe('in_doubt');
    expect(ages.of(fine, fine.acceptedAtMs)).toBe(2 * HOUR_MS - 59_000);
  });

  test('the machine was started anew: the wall is believed', () => {
    const before = clock();
    const made = payment(new Ages(before), before);
    const now = new ManualClock(before.nowMs() + 3 * HOUR_MS, 60_000);
    expect(new Ages(now).of(made, made.acceptedAtMs)).toBe(3 * HOUR_MS);
  });
});

describe('rule 18: where an age is in doubt', () => {
  test('an approved payment is never given again: 1109', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.answer();
    centre.clock.setWall(centre.clock.nowMs() + HOUR_MS);
    expect(heard(await centre.ask())).toBe('declined 1109');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('a payment that runs on after a restart has all of payment_timeout', async () => {
    const centre = new Centre({ settings: { paymentTimeoutMs: 180_000 } });
    await centre.ask();
    await centre.pass(100_000);
    centre.clock.setWall(centre.clock.nowMs() + 300_000);
    const again = await centre.restart();
    const waiting = await again.ask();
    await again.pass(179_000);
    expect(heard(waiting)).toBe('waits');
    await again.pass(1_000);
    expect(heard(waiting)).toBe('unknown 1001');
  });

  test('look-ups keep their distance by the monotonic clock', async () => {
    const centre = new Centre();
    centre.gateway.answers = () => BROKEN;
    await centre.ask();
    await centre.answer();
    centre.clock.setWall(centre.clock.nowMs() + HOUR_MS);
    await centre.pass(60_000);
    expect(centre.gateway.posts).toHaveLength(1);
    await centre.pass(120_000);
    expect(centre.gateway.posts).toHaveLength(2);
  });
});
