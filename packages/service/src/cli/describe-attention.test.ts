import { expect, test } from '@jest/globals';
import { type Attention, describeAttention } from './describe-attention.ts';

const named = (n: number) => ({
  paymentId: `01KDZ7T1C8PAYMENT000000${String(n).padStart(3, '0')}`,
  orderId: `order ${n}`,
  amount: '12.50',
  currency: 'EUR',
  acceptedAt: '2026-01-05T09:30:00.000Z',
});
const none: Attention = { unknown: [], alarms: [], parked: [] };

test('nothing to look at: nothing is said', () => {
  expect(describeAttention(none, 0)).toEqual([]);
});

test('each payment once, with all that there is about it', () => {
  const lines = describeAttention({ unknown: [named(1)], alarms: [named(1), named(2)], parked: [named(3)] }, 4);
  const rows = (lines[0] ?? '').split('\n').slice(1);
  expect(rows).toEqual([
    expect.stringMatching(/001 .* order 1 12\.50 EUR in doubt, alarm$/),
    expect.stringMatching(/002 .* order 2 12\.50 EUR alarm$/),
    expect.stringMatching(/003 .* order 3 12\.50 EUR parked$/),
  ]);
  expect(lines.join('\n')).not.toContain('There are more');
});

test('of many the first ten, and the command that lists them all', () => {
  const unknown = Array.from({ length: 11 }, (_, n) => named(n));
  const text = describeAttention({ ...none, unknown }, 11).join('\n');
  expect(text.match(/order \d+/g)).toHaveLength(10);
  expect(text).toContain('tp-manager payments list --outcome unknown');
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('more than health names: they are counted', () => {
  expect(describeAttention({ ...none, unknown: [named(1)] }, 2).join('\n')).toContain('There are more');
});
