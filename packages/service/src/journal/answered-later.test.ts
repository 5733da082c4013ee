import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach, expect, test } from '@jest/globals';
import { localDay } from '../payments/local-day.ts';
import { readDay } from '../payments/read-day.ts';
import { accepted, answered, asked, TestFolders } from './journal.fixture.ts';
import { journalOver } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { journalLimits } from './journal-limits.ts';
import { MemoryStore } from './memory-store.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { StoredFact } from './store.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

const DAY_MS = 24 * 3600_000;
const open = {
  'an SQLite file': () => new SqliteStore(journalFile(folders.make()), 'writer'),
  memory: () => new MemoryStore(),
};

test.each(Object.entries(open))(
  '%s: the report of a day has each payment of an earlier one that was answered on it, once',
  async (_, make) => {
    const day = localDay('2026-03-20');
    if (day === undefined) throw new Error('that is no day');
    const clock = new ManualClock(day.fromMs - 30 * DAY_MS);
    const journal = journalOver(make(), clock);
    const ask = (paymentId: string, token: string) =>
      journal.append(paymentId, [accepted({ orderId: paymentId }), asked(token)]);
    await ask('long before', '0000000001');
    await ask('never', '0000000002');
    clock.setWall(day.fromMs - 60_000);
    await ask('evening', '0000000003');
    await journal.append('evening', [answered('0', 'before midnight')]);
    await ask('over midnight', '0000000004');
    // More facts than are looked through at once, so that the two answers of one payment lie in different parts.
    clock.setWall(day.fromMs);
    await journal.append('over midnight', [answered('0', 'after midnight')]);
    for (let n = 0; n < journalLimits.factsAtOnce; n++) await journal.append('never', [{ kind: 'told' }]);
    await journal.append('over midnight', [answered('0', 'once more')]);
    await journal.append('long before', [answered('0', 'at last')]);
    await ask('of the day', '0000000005');
    await journal.append('of the day', [answered('0', 'at once')]);
    clock.setWall(day.toMs);
    await journal.append('never', [answered('0', 'on the next day')]);
    const { differences, payments } = await readDay(journal, day);
    const late = differences.filter(({ kind }) => kind === 'other_day').map(({ paymentId }) => paymentId);
    expect(late.sort()).toEqual(['long before', 'over midnight']);
    expect(payments.map(({ paymentId }) => paymentId)).toEqual(['of the day']);
    await journal.close();
  },
);

test('what was written since the day is not looked through', async () => {
  const day = localDay('2026-03-20');
  if (day === undefined) throw new Error('that is no day');
  const clock = new ManualClock(day.toMs);
  const journal = journalOver(new MemoryStore(), clock);
  await journal.append('next day', [accepted(), asked('0000000001')]);
  expect(await journal.answeredLater(day)).toEqual({ items: [] });
});

/** Counts the facts that are read for what they say. */
class CountingStore extends MemoryStore {
  factsRead = 0;

  override factsOf(paymentId: string): StoredFact[] {
    const facts = super.factsOf(paymentId);
    this.factsRead += facts.length;
    return facts;
  }
}

test('of earlier payments none is read but those', async () => {
  const day = localDay('2026-03-20');
  if (day === undefined) throw new Error('that is no day');
  const store = new CountingStore();
  const clock = new ManualClock(day.fromMs - DAY_MS);
  const journal = journalOver(store, clock);
  for (let n = 0; n < 100; n++) await journal.append(`P${n}`, [accepted(), asked(String(n)), answered('0')]);
  await journal.append('late', [accepted(), asked('late')]);
  clock.setWall(day.fromMs);
  await journal.append('late', [answered('0')]);
  // What was folded last is held in memory: another process reads what it needs.
  store.factsRead = 0;
  expect((await readDay(journalOver(store, clock), day)).differences).toHaveLength(1);
  expect(store.factsRead).toBe(3);
});
