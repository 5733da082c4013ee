import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ages } from './ages.ts';
import { centreLimits } from './centre-limits.ts';
import { EVERYTHING, isFailure, mayBeYoung, thatMatter } from './counting.ts';
import { earlierResult } from './earlier-result.ts';
import { MemoryJournal } from './memory-journal.fixture.ts';
import { accepted, anOrder, answered, asked, START_MS, told } from './payment.fixture.ts';
import type { Journal } from './ports.ts';
import { decidedMs, standingFor } from './repetition.ts';
import { someClock, someStandings } from './standings.fixture.ts';

const DAY_MS = 24 * 3600_000;
const rules = { orderIdScope: 'day', repeatWindowMs: 7_200_000 } as const;

describe('rule 1: of all that an order has had only what may count is asked for', () => {
  test('and what stands for the order is the same as if all were read, however often the clock was set', () => {
    const setByMs = fc.array(fc.constantFrom(-DAY_MS, -90_000, 30_000, 90_000, DAY_MS), { maxLength: 2 });
    fc.assert(
      fc.property(someStandings, someClock, setByMs, (all, clock, sets) => {
        const ages = new Ages(clock);
        for (const byMs of sets) {
          ages.bootAtMs();
          clock.setWall(clock.nowMs() + byMs);
        }
        const found = thatMatter(all, ages.countingFor(centreLimits.orderDayMs));
        expect(standingFor(found, ages, rules)).toBe(standingFor(all, ages, rules));
        expect(found[0]).toBe(all[0]);
        expect(found.every(isFailure)).toBe(all.every(isFailure));
        expect(thatMatter(all, EVERYTHING)).toEqual(all.filter((one, i) => i === 0 || !isFailure(one)));
      }),
      { numRuns: 1_000 },
    );
  });

  test('rule 18: what may be young by any reckoning of its age is never taken to be past', () => {
    const setByMs = fc.array(fc.constantFrom(-DAY_MS, -90_000, 30_000, 90_000, DAY_MS), { maxLength: 2 });
    let young = 0;
    let past = 0;
    fc.assert(
      fc.property(
        someStandings,
        someClock,
        setByMs,
        fc.constantFrom(120_000, 3_600_000),
        (all, clock, sets, windowMs) => {
          const ages = new Ages(clock);
          for (const byMs of sets) {
            ages.bootAtMs();
            clock.setWall(clock.nowMs() + byMs);
          }
          const counting = ages.countingFor(windowMs);
          for (const payment of all) {
            const mayBe = mayBeYoung(payment, counting);
            if (mayBe) young += 1;
            else past += 1;
            if (ages.mayBeWithin(payment, decidedMs(payment), windowMs)) expect(mayBe).toBe(true);
          }
        },
      ),
      { numRuns: 1_000 },
    );
    expect(Math.min(young, past)).toBeGreaterThan(100);
  });

  test('rule 18: also where the wall was set by less than is noted', () => {
    const clock = new ManualClock(START_MS, 60 * 60_000);
    const ages = new Ages(clock);
    // Two minutes ago by what the machine has run, of a start that has no name, written under a clock that was set by hours since.
    const bootAtMs = START_MS - 5 * 60 * 60_000;
    const standing = { paymentId: 'P', state: 'refused' as const, acceptedAtMs: bootAtMs + 58 * 60_000, bootAtMs };
    clock.setWall(START_MS + centreLimits.clockToleranceMs);
    expect(ages.mayBeWithin(standing, standing.acceptedAtMs, 120_000)).toBe(true);
    expect(mayBeYoung(standing, ages.countingFor(120_000))).toBe(true);
  });

  test('which is one where a till has numbered so on each day', () => {
    const ages = new Ages(new ManualClock(START_MS));
    const days = Array.from({ length: 50 }, (_, n) => {
      const atMs = START_MS - (n + 1) * DAY_MS;
      const ended = { decidedAtMs: atMs, toldAtMs: atMs, bootAtMs: atMs - 3600_000 };
      return { paymentId: `P${n}`, acceptedAtMs: atMs, state: 'approved' as const, ...ended };
    });
    expect(thatMatter(days, ages.countingFor(centreLimits.orderDayMs))).toEqual([days[0]]);
  });

  test('rule 18: where the clock is set while the journal is asked, it is asked again', async () => {
    const clock = new ManualClock(START_MS, 3 * DAY_MS);
    const journal = new MemoryJournal(clock);
    await journal.append('paid', [accepted(), asked(), answered('0'), told]);
    await journal.append('refused', [accepted(), asked('2222222222'), answered('7'), told]);
    clock.advance(DAY_MS);
    const ages = new Ages(clock);
    const askedFor: unknown[] = [];
    const settingTheClock: Pick<Journal, 'byOrderId' | 'byIdempotencyKey' | 'untoldByBody'> = {
      async byOrderId(orderId, limit, counting) {
        const found = await journal.byOrderId(orderId, limit, counting);
        if (askedFor.push(counting?.sinceMs) === 1) clock.setWall(clock.nowMs() + 2 * DAY_MS);
        return found;
      },
      byIdempotencyKey: (key) => journal.byIdempotencyKey(key),
      untoldByBody: (digest) => journal.untoldByBody(digest),
    };
    const { repetition } = await earlierResult(anOrder(), settingTheClock, ages, rules);
    expect(askedFor).toEqual([START_MS + DAY_MS - centreLimits.orderDayMs, 0]);
    expect(repetition).toMatchObject({ kind: 'paid_earlier', payment: { paymentId: 'paid' } });
  });
});
