import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { StoreFailure } from './failure-reason.ts';
import { forgetAll, OLD_MS, saleTo, told, traced } from './forget.fixture.ts';
import { answered, asked, notSent, registered, registering, unclear } from './journal.fixture.ts';
import { journalOver } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { testJournals } from './journals.fixture.ts';
import { MemoryStore } from './memory-store.ts';
import { SqliteStore } from './sqlite-store.ts';

const { folders, keep } = testJournals();

describe('nothing of a customer is left in the data folder', () => {
  test('not in the file, not in its log; of those that are not old all is left', async () => {
    const folder = folders.make();
    const clock = new ManualClock();
    const journal = journalOver(new SqliteStore(journalFile(folder), 'writer'), clock);
    keep(journal);
    const many = 120;
    const email = (n: number) => `customer-${n}-of-the-shop@example.org`;
    for (let n = 0; n < many; n += 1) {
      clock.setWall(OLD_MS + n * 60_000);
      const id = String(n).padStart(4, '0');
      // Of every size: on one page, on several, and so large that nothing of it is on the page of its row.
      await journal.append(id, [saleTo(email(n), id, [1, 20, 300][n % 3]), asked(`100000${id}`)]);
      const end =
        n % 4 === 0 ? [unclear] : [answered('0', `01000001250${email(n)}`.padEnd(90)), registering(1), registered];
      await journal.append(id, end);
      await journal.append(id, [told, traced(email(n))]);
      if (n % 25 === 0) await journal.maintain();
    }
    const young = 40;
    const beforeMs = OLD_MS + (many - young) * 60_000;
    expect(await forgetAll(journal, beforeMs)).toBe(60);
    // What was in doubt lay between them, and is settled one by one.
    for (let n = 0; n < many - young; n += 4) {
      await journal.append(String(n).padStart(4, '0'), [{ kind: 'settled', outcome: 'refused', note: 'n', by: 'b' }]);
      expect(await forgetAll(journal, beforeMs)).toBe(1);
    }
    await journal.maintain();
    expect(await journal.clearLog()).toBe(true);
    const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    const found = Array.from({ length: many }, (_, n) => n).filter((n) => bytes.includes(email(n)));
    expect(found).toEqual(Array.from({ length: young }, (_, n) => many - young + n));
    expect(await journal.verify()).toEqual([]);
  });

  test('while somebody reads, the log cannot be emptied, and that is told', async () => {
    const folder = folders.make();
    const store = new SqliteStore(journalFile(folder), 'writer');
    const journal = journalOver(store, new ManualClock(OLD_MS));
    keep(journal);
    await journal.append('P1', [saleTo('read@example.org', 'A'), notSent]);
    const reader = new SqliteStore(journalFile(folder), 'reader');
    const emptied = reader.atOneMoment(() => {
      reader.row('P1');
      store.rowToForget(Number.MAX_SAFE_INTEGER);
      return store.clearLog();
    });
    expect(emptied).toBe(false);
    reader.close();
    expect(await journal.clearLog()).toBe(true);
  });
});

describe('a crash in the middle of forgetting', () => {
  const clock = new ManualClock();

  test('whichever commit fails, and however: the journal verifies, and the rest is forgotten after it', async () => {
    const fault = fc.constantFrom('write', 'sync', 'sync_but_keep');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fault, async (failing, at) => {
        let commits = 0;
        const hit = () => ++commits === failing;
        const store = new MemoryStore();
        const journal = journalOver(store, clock);
        clock.setWall(OLD_MS);
        for (let n = 0; n < 6; n += 1) await journal.append(`P${n}`, [saleTo(`c${n}@example.org`, `O${n}`), notSent]);
        const faulty = store.crash({
          faults:
            at === 'write'
              ? { beforeWrite: () => void (hit() && fail()) }
              : { beforeSync: () => (hit() ? (at === 'sync' ? fail() : 'fail_but_keep') : undefined) },
        });
        await expect(forgetAll(journalOver(faulty, clock), OLD_MS + 1)).rejects.toMatchObject({ code: '1107' });
        const next = journalOver(faulty.crash(), clock);
        expect(await next.verify()).toEqual([]);
        const found = at === 'sync_but_keep' ? failing : failing - 1;
        expect(await forgetAll(next, OLD_MS + 1)).toBe(6 - found);
        const { items } = await next.list({ limit: 9 });
        expect(items.map(({ order }) => order.customer)).toEqual(Array(6).fill({}));
        expect(await next.verify()).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

function fail(): never {
  throw new StoreFailure('full', 'no space left');
}
