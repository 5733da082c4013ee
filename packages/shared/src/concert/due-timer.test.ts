import type { Clock } from '../clock.ts';
import { ManualClock } from '../manual-clock.ts';
import { DueTimer } from './due-timer.ts';

test('fires at the moment that it follows last, once', () => {
  const clock = new ManualClock();
  const firedAtMs: number[] = [];
  const timer = new DueTimer(clock, () => firedAtMs.push(clock.monotonicMs()));
  timer.follow(100);
  timer.follow(300);
  timer.follow(200);
  clock.advance(1_000);
  timer.follow(1_500);
  timer.follow(undefined);
  clock.advance(1_000);
  expect(firedAtMs).toEqual([200]);
});

test('a program that was held up reads what waits before time is said to be up', () => {
  const waiting: (() => void)[] = [];
  let nowMs = 0;
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    uptimeMs: () => nowMs,
    after: (_, act) => {
      waiting.push(act);
      return () => {};
    },
  };
  const events: string[] = [];
  new DueTimer(clock, () => events.push('time is up')).follow(100);
  nowMs = 400;
  waiting.shift()?.();
  events.push('bytes are read');
  waiting.shift()?.();
  expect(events).toEqual(['bytes are read', 'time is up']);
});
