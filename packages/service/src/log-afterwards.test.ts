import { expect, test } from '@jest/globals';
import { logAfterwards } from './log-afterwards.ts';
import { KeptLog } from './payments/log.fixture.ts';

test('what a turn says is written after it, in its order', async () => {
  const kept = new KeptLog();
  const log = logAfterwards(kept);
  log.info('first', { orderId: 'A' });
  log.error('second');
  await Promise.resolve();
  expect(kept.lines).toEqual([]);
  await new Promise(setImmediate);
  expect(kept.lines.map((line) => line.split(' ')[1])).toEqual(['first', 'second']);
  log.warn('third');
  await new Promise(setImmediate);
  expect(kept.lines).toHaveLength(3);
});

test('at the end of the process what waits is written at once, and only once', async () => {
  const kept = new KeptLog();
  const log = logAfterwards(kept);
  log.debug('last');
  log.writeNow();
  expect(kept.lines).toHaveLength(1);
  await new Promise(setImmediate);
  expect(kept.lines).toHaveLength(1);
});
