import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { faultLimits, GatewayFaults } from './gateway-faults.ts';

test('a fault stands until it is taken back', () => {
  const faults = new GatewayFaults(new ManualClock());
  faults.add({ kind: 'delay', delayMs: 5 });
  for (let time = 0; time < 3; time += 1) expect(faults.take('delay')).toEqual({ kind: 'delay', delayMs: 5 });
  expect(faults.list()).toHaveLength(1);
  faults.clear();
  expect(faults.take('delay')).toBeUndefined();
});

test('so many times, and no more', () => {
  const faults = new GatewayFaults(new ManualClock());
  faults.add({ kind: 'http_500_html', times: 2 });
  expect(faults.take('http_500_html')).toBeDefined();
  expect(faults.take('http_500_html')).toBeDefined();
  expect(faults.take('http_500_html')).toBeUndefined();
  expect(faults.list()).toEqual([]);
});

test('for so long, and no longer', () => {
  const clock = new ManualClock();
  const faults = new GatewayFaults(clock);
  faults.add({ kind: 'lag', lagMs: 1, forMs: 1000 });
  clock.advance(999);
  expect(faults.take('lag')).toBeDefined();
  clock.advance(1);
  expect(faults.take('lag')).toBeUndefined();
});

test('the oldest of the kinds asked for comes first; the others are left alone', () => {
  const faults = new GatewayFaults(new ManualClock());
  faults.add({ kind: 'delay', delayMs: 5, times: 1 });
  faults.add({ kind: 'code', code: '1000008', times: 1 });
  faults.add({ kind: 'http_status', status: 503, times: 1 });
  expect(faults.take('http_status', 'code')).toMatchObject({ kind: 'code' });
  expect(faults.take('http_status', 'code')).toMatchObject({ kind: 'http_status' });
  expect(faults.list()).toMatchObject([{ kind: 'delay' }]);
});

test('there is a limit to them', () => {
  const faults = new GatewayFaults(new ManualClock());
  for (let count = 0; count < faultLimits.faults; count += 1) expect(faults.add({ kind: 'http_500_html' })).toBe(true);
  expect(faults.add({ kind: 'http_500_html' })).toBe(false);
});
