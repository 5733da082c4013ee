import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { StoppableClock } from './stoppable-clock.ts';

test('timers fire, are taken back one by one, or all at once', () => {
  const manual = new ManualClock();
  const clock = new StoppableClock(manual);
  const fired: string[] = [];
  clock.after(10, () => fired.push('first'));
  clock.after(20, () => fired.push('taken back'))();
  clock.after(30, () => fired.push('stopped'));
  manual.advance(20);
  clock.stop();
  clock.after(1, () => fired.push('after the stop'));
  manual.advance(100);
  expect(fired).toEqual(['first']);
  expect(manual.untilNextMs).toBeUndefined();
  expect([clock.nowMs(), clock.monotonicMs()]).toEqual([manual.nowMs(), 120]);
});
