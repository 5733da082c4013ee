import { expect, test } from '@jest/globals';
import { type Attention, describeAttention } from './describe-attention.ts';

const named = (n: number) => ({
  paymentId: `01KDZ7T1C8PAYMENT000000${String(n).padStart(3, '0')}`,
  orderId: `order ${n}`,
  amount: '12.50',
  currency: 'EUR',
  acceptedAt: '2026-01-05T09:30:00.000Z',
});
const counts = { unknown: 0, running: 0, alarms: 0, parked: 0 };
const none: Attention = { unknown: [], running: [], alarms: [], parked: [] };

test('nothing to look at: nothing is said', () => {
  expect(describeAttention(none, counts)).toEqual([]);
});

test('each payment once, with all that there is about it', () => {
  const lines = describeAttention(
    { ...none, unknown: [named(1)], alarms: [named(1), named(2)], parked: [named(3)] },
    { ...counts, unknown: 1, alarms: 2, parked: 1 },
  );
  const rows = (lines[0] ?? '').split('\n').slice(1);
  expect(rows).toEqual([
    expect.stringMatching(/001 .* order 1 12\.50 EUR in doubt, alarm$/),
    expect.stringMatching(/002 .* order 2 12\.50 EUR alarm$/),
    expect.stringMatching(/003 .* order 3 12\.50 EUR parked$/),
  ]);
  expect(lines.join('\n')).not.toContain('More');
});

test.each([
  ['unknown', 'More in doubt: tp-manager payments list --outcome unknown'],
  ['running', 'More that have not ended: tp-manager payments list --outcome running'],
  ['alarms', 'More with an alarm: tp-manager status --json (attention.alarms)'],
  ['parked', 'More parked: tp-manager status --json (attention.parked)'],
])('of many %s the first ten, and the command that lists them, no other', (kind, command) => {
  const payments = Array.from({ length: 11 }, (_, n) => named(n));
  const text = describeAttention({ ...none, [kind]: payments }, { ...counts, [kind]: 11 }).join('\n');
  expect(text.match(/order \d+/g)).toHaveLength(10);
  expect(text.split('\n').filter((line) => line.startsWith('More'))).toEqual([command]);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('more than health names: they are counted', () => {
  const lines = describeAttention(
    { ...none, unknown: [named(1)], parked: [named(2)] },
    { ...counts, unknown: 2, parked: 2 },
  );
  expect(lines.filter((line) => line.startsWith('More'))).toEqual([
    expect.stringMatching(/^More in doubt/),
    expect.stringMatching(/^More parked/),
  ]);
});
