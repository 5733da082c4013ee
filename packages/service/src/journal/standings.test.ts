import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ages } from '../payments/ages.ts';
import { centreLimits } from '../payments/centre-limits.ts';
import { EVERYTHING, thatMatter } from '../payments/counting.ts';
import { someClock, someStandings } from '../payments/standings.fixture.ts';
import { indexRow, standingIn } from './index-row.ts';
import { accepted, answered, asked, notSent, TestFolders } from './journal.fixture.ts';
import { journalOver } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { MemoryStore } from './memory-store.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { IndexRow } from './store.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

const open = {
  'an SQLite file': () => new SqliteStore(journalFile(folders.make()), 'writer'),
  memory: () => new MemoryStore(),
};

test.each(Object.entries(open))(
  '%s gives the payments of an order that matter, as the centre tells them apart',
  async (_, make) => {
    const clock = new ManualClock();
    const store = make();
    const journal = journalOver(store, clock);
    const ordinary = indexRow(await journal.append('P00', [accepted({ orderId: 'other' })]), null);
    fc.assert(
      fc.property(someStandings, someClock, (standings, machine) => {
        const none: Partial<IndexRow> = { decidedAtMs: null, toldAtMs: null, bootAtMs: null, bootId: null };
        const rows = standings.map(({ timesStoodStill, ...standing }): IndexRow => {
          const order: Partial<IndexRow> = { orderId: 'A', timesStoodStill: timesStoodStill ? 1 : 0 };
          return { ...ordinary, ...none, ...standing, ...order } as IndexRow;
        });
        store.replaceIndex([ordinary, ...rows]);
        for (const counting of [new Ages(machine).countingFor(centreLimits.orderDayMs), EVERYTHING]) {
          const given = store.standings('A', 50, counting).map((row) => standingIn({ ...row }));
          expect(given).toEqual(thatMatter(standings, counting));
        }
      }),
      { numRuns: 150 },
    );
    await journal.close();
  },
);

test('an SQLite file gives what stands in a state that is none of ours, too: whoever reads it finds the damage', async () => {
  const store = open['an SQLite file']();
  const journal = journalOver(store, new ManualClock());
  const row = indexRow(await journal.append('P0', [accepted({ orderId: 'A' }), notSent, { kind: 'told' }]), null);
  const rows = ['bpproved', 'approved', 'approved'].map(
    (state, n) => ({ ...row, paymentId: `P${n}`, state }) as IndexRow,
  );
  store.replaceIndex(rows);
  const long = { sinceMs: Number.MAX_SAFE_INTEGER, bootAtMs: 0 };
  expect(store.standings('A', 50, long).map(({ state }) => state)).toEqual(['approved', 'bpproved']);
  await journal.close();
});

test('of 400 payments, one a day and all told, the journal gives one', async () => {
  const clock = new ManualClock();
  const journal = journalOver(new SqliteStore(journalFile(folders.make()), 'writer'), clock);
  for (let day = 1; day <= 400; day++) {
    clock.advance(24 * 3600_000);
    await journal.append(`P${day}`, [
      accepted(),
      asked(String(day).padStart(10, '0')),
      answered('0'),
      { kind: 'told' },
    ]);
  }
  clock.advance(24 * 3600_000);
  const counting = new Ages(clock).countingFor(centreLimits.orderDayMs);
  expect((await journal.byOrderId('order-1', 50, counting)).payments.map(({ paymentId }) => paymentId)).toEqual([
    'P400',
  ]);
  expect((await journal.byOrderId('order-1', 50)).payments).toHaveLength(50);
  await journal.close();
});
