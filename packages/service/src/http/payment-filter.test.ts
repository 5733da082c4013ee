import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readPaymentFilter } from './payment-filter.ts';

test('nothing given: the newest', () => {
  expect(readPaymentFilter({})).toEqual({ ok: true, filter: { limit: 50 } });
  expect(readPaymentFilter({ order_id: '', outcome: '', limit: '', cursor: '', from: '', to: '' })).toEqual({
    ok: true,
    filter: { limit: 50 },
  });
});

test('everything given', () => {
  const query = {
    order_id: 'A 1',
    outcome: 'unknown',
    from: '2026-01-05T09:30:00Z',
    to: '2026-01-05T12:30+01:00',
    limit: '200',
    cursor: 'x',
  };
  expect(readPaymentFilter(query)).toEqual({
    ok: true,
    filter: {
      limit: 200,
      outcome: 'unknown',
      orderId: 'A 1',
      cursor: 'x',
      fromMs: Date.UTC(2026, 0, 5, 9, 30),
      toMs: Date.UTC(2026, 0, 5, 11, 30),
    },
  });
});

test('a day is the local one, whole at either end', () => {
  const filter = { limit: 50, fromMs: new Date(2026, 2, 29).getTime(), toMs: new Date(2026, 2, 30).getTime() };
  expect(readPaymentFilter({ from: '2026-03-29', to: '2026-03-29' })).toEqual({ ok: true, filter });
});

test.each<[Record<string, unknown>, string]>([
  [{ limit: '0' }, 'limit: found "0", expected a number from 1 to 200'],
  [{ limit: '201' }, 'limit: found "201", expected a number from 1 to 200'],
  [{ limit: '1.5' }, 'limit: found "1.5", expected a number from 1 to 200'],
  [
    { outcome: 'lost' },
    'outcome: found "lost", expected one of opening, running, approved, refused, not_sent, unknown',
  ],
  [{ order_id: ['A', 'B'] }, 'order_id: found an array, expected it once'],
  [
    { from: '2026-02-30' },
    'from: found "2026-02-30", expected a day such as 2026-01-05 (local) or a moment such as 2026-01-05T09:30:00Z',
  ],
  [
    { to: 'yesterday' },
    'to: found "yesterday", expected a day such as 2026-01-05 (local) or a moment such as 2026-01-05T09:30:00Z',
  ],
  [{ from: '2026-01-06', to: '2026-01-05' }, 'to: found "2026-01-05", expected a time after from'],
  [{ cursor: 'x'.repeat(201) }, `cursor: found "${'x'.repeat(39)}..., expected next of the page before`],
  [
    { orderId: 'A' },
    'orderId: unknown parameter, expected one of order_id, outcome, from, to, limit, cursor; order_id may have been meant',
  ],
  [{ colour: 'A' }, 'colour: unknown parameter, expected one of order_id, outcome, from, to, limit, cursor'],
])('%j is refused with a sentence', (query, problem) => {
  expect(readPaymentFilter(query)).toEqual({ ok: false, problems: [problem] });
});

test('whatever comes in: a filter within its bounds, or problems', () => {
  const names = fc.constantFrom('order_id', 'outcome', 'from', 'to', 'limit', 'cursor', 'other');
  fc.assert(
    fc.property(
      fc.dictionary(names, fc.oneof(fc.string(), fc.array(fc.string()), fc.nat(300).map(String))),
      (query) => {
        const read = readPaymentFilter(query);
        if (read.ok) expect(read.filter.limit >= 1 && read.filter.limit <= 200).toBe(true);
        else expect(read.problems.length).toBeGreaterThan(0);
      },
    ),
  );
});
