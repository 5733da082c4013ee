import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import fc from 'fast-check';
import { START_MS } from './payment.fixture.ts';
import type { PaymentStanding } from './payment.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const BOOTS = ['boot-1', 'boot-2'];

/** Near what rules 1 and 18 decide by: eight hours, a minute, this start of the machine and the one before. */
const momentsMs = fc
  .tuple(fc.constantFrom(0, 8 * 60 * MINUTE_MS, DAY_MS, 3 * DAY_MS), fc.integer({ min: -2, max: 2 }))
  .map(([agoMs, minutes]) => START_MS - agoMs + minutes * MINUTE_MS);
const sometimes = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined });

const standing: fc.Arbitrary<PaymentStanding> = fc
  .record({
    acceptedAtMs: momentsMs,
    state: fc.constantFrom<PaymentStanding['state'][]>(
      'running',
      'approved',
      'approved',
      'refused',
      'not_sent',
      'unknown',
    ),
    decidedAtMs: sometimes(momentsMs),
    toldAtMs: sometimes(momentsMs),
    bootAtMs: sometimes(momentsMs),
    bootId: sometimes(fc.constantFrom(...BOOTS)),
    timesStoodStill: fc.constantFrom(undefined, undefined, true as const),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as never);

/** What payments of one order may have come to, newest first. */
export const someStandings: fc.Arbitrary<PaymentStanding[]> = fc
  .array(standing, { maxLength: 12 })
  .map((all) => all.sort((one, other) => other.acceptedAtMs - one.acceptedAtMs))
  .map((all) => all.map((one, i) => ({ ...one, paymentId: `P${String(all.length - i).padStart(2, '0')}` })));

/** A machine that was started some time ago, where systems have names for that and where not. */
export const someClock: fc.Arbitrary<ManualClock & { bootId?: string }> = fc
  .record({ upMs: fc.constantFrom(10 * MINUTE_MS, DAY_MS, 4 * DAY_MS), bootId: sometimes(fc.constantFrom(...BOOTS)) })
  .map(({ upMs, bootId }) => Object.assign(new ManualClock(START_MS, upMs), bootId === undefined ? {} : { bootId }));
