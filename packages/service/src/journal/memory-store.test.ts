import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FactBody } from '../payments/fact.ts';
import { StoreFailure } from './failure-reason.ts';
import { accepted, anOrphan, answered, asked, notSent } from './journal.fixture.ts';
import { journalOver } from './journal.ts';
import { JournalCore } from './journal-core.ts';
import { type DiskFaults, MemoryStore, type UnsyncedAfterCrash } from './memory-store.ts';

/** Fails the commits of these numbers in the given way. */
function failing(numbers: number[], at: 'write' | 'sync' | 'sync_but_keep'): DiskFaults {
  const fail = (n: number): void => {
    if (numbers.includes(n)) throw new StoreFailure('full', 'no space left');
  };
  if (at === 'write') return { beforeWrite: fail };
  if (at === 'sync') return { beforeSync: (n) => void fail(n) as undefined };
  return { beforeSync: (n) => (numbers.includes(n) ? 'fail_but_keep' : undefined) };
}

const clock = new ManualClock();

describe('the same journal code over a disk that fails', () => {
  test.each(['write', 'sync', 'sync_but_keep'] as const)('a commit that failed (%s) is not made', async (at) => {
    const store = new MemoryStore(failing([2, 3], at));
    const journal = journalOver(store, clock);
    const before = await journal.append('P1', [accepted(), asked('0000000001')]);
    const failed = journal.append('P1', [answered('0')]);
    await expect(failed).rejects.toMatchObject({ name: 'OperatingError', code: '1107' });
    await expect(failed).rejects.toHaveProperty('cause.name', 'StoreFailure');
    await expect(journal.appendOrphan(anOrphan('bytes'))).rejects.toMatchObject({ code: '1107' });
    expect(await journal.payment('P1')).toEqual(before);
    expect(await journal.orphans({ limit: 9 })).toEqual([]);
  });

  test.each(['write', 'sync', 'sync_but_keep'] as const)('repeating it (%s) makes each fact once', async (at) => {
    const journal = journalOver(new MemoryStore(failing([1, 3, 4], at)), clock);
    const begin = () => journal.append('P1', [accepted(), asked('0000000001')], { ifVersion: 0 });
    await expect(begin()).rejects.toMatchObject({ code: '1107' });
    expect(await journal.payment('P1')).toBeUndefined();
    await begin();
    const end = () => journal.append('P1', [answered('0')]);
    await expect(end()).rejects.toMatchObject({ code: '1107' });
    await expect(end()).rejects.toMatchObject({ code: '1107' });
    expect(await end()).toMatchObject({ version: 3, state: 'approved' });
    expect((await journal.facts('P1')).map(({ kind }) => kind)).toEqual(['accepted', 'asked', 'answered']);
  });

  test.each(['write', 'sync', 'sync_but_keep'] as const)(
    'a word on an orphan that failed (%s) is not said, and can be said again',
    async (at) => {
      const store = new MemoryStore(failing([2], at));
      const journal = journalOver(store, clock);
      await journal.appendOrphan(anOrphan('bytes'));
      const say = () => journal.acknowledgeOrphan(1, { note: 'seen', by: 'Anna' });
      await expect(say()).rejects.toMatchObject({ code: '1107' });
      expect(await journal.counts()).toMatchObject({ orphans: 1 });
      await say();
      const next = journalOver(store.crash(), clock);
      expect(await next.counts()).toMatchObject({ orphans: 0 });
      expect(await next.orphans({ limit: 9 })).toMatchObject([{ acknowledged: { by: 'Anna' } }]);
    },
  );

  test('what failed and yet is found after a crash goes on from there', async () => {
    const store = new MemoryStore(failing([1], 'sync_but_keep'));
    const journal = journalOver(store, clock);
    await expect(journal.append('P1', [accepted(), asked('0000000001')])).rejects.toMatchObject({ code: '1107' });
    expect(await journal.payment('P1')).toBeUndefined();
    const next = journalOver(store.crash(), clock);
    expect(await next.unfinished()).toMatchObject([{ paymentId: 'P1', version: 2 }]);
    expect(await next.append('P1', [notSent])).toMatchObject({ version: 3, state: 'not_sent' });
  });

  test('a commit that succeeded writes over one that failed before it', async () => {
    const store = new MemoryStore(failing([1], 'sync_but_keep'));
    const journal = journalOver(store, clock);
    await expect(journal.append('P1', [accepted(), asked('0000000001')])).rejects.toMatchObject({ code: '1107' });
    await journal.append('P1', [accepted(), notSent]);
    const next = journalOver(store.crash(), clock);
    expect((await next.facts('P1')).map(({ kind }) => kind)).toEqual(['accepted', 'not_sent']);
  });

  test.each<[UnsyncedAfterCrash, string[]]>([
    ['lost', ['accepted']],
    ['torn', ['accepted']],
    ['kept', ['accepted', 'asked']],
  ])('a crash between write and sync leaves the commit %s', async (unsynced, kinds) => {
    let after: MemoryStore | undefined;
    const store: MemoryStore = new MemoryStore({
      beforeSync: (n) => {
        if (n === 2) after = store.crash({ unsynced });
        return undefined;
      },
    });
    const journal = journalOver(store, clock);
    await journal.append('P1', [accepted()]);
    await expect(journal.append('P1', [asked('0000000001')])).rejects.toThrow('the process has died');
    await expect(journal.append('P1', [notSent])).rejects.toThrow('the process has died');
    const next = journalOver(after ?? store, clock);
    expect((await next.facts('P1')).map(({ kind }) => kind)).toEqual(kinds);
    expect(await next.verify()).toEqual([]);
  });

  test('whatever fails, a restart finds what was resolved, and no fact twice', async () => {
    const faults = fc.array(fc.constantFrom('fine', 'write', 'sync', 'keep'), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(faults, fc.constantFrom<UnsyncedAfterCrash>('lost', 'torn', 'kept'), async (plan, unsynced) => {
        const store = new MemoryStore({
          beforeWrite: (n) => {
            if (plan[n - 1] === 'write') throw new Error('write');
          },
          beforeSync: (n) => {
            if (plan[n - 1] === 'sync') throw new Error('sync');
            return plan[n - 1] === 'keep' ? 'fail_but_keep' : undefined;
          },
        });
        const journal = journalOver(store, clock);
        const made: string[] = [];
        for (const [i] of plan.entries()) {
          const lines = [String(i)];
          const begin = made.length === 0 ? [accepted()] : [];
          const done = await journal.append('P1', [...begin, { kind: 'traced', lines }]).catch(() => undefined);
          if (done !== undefined) made.push(String(i));
          expect((await journal.payment('P1'))?.trace ?? []).toEqual(made);
        }
        const next = journalOver(store.crash({ unsynced }), clock);
        const found = (await next.payment('P1'))?.trace ?? [];
        expect(found.slice(0, made.length)).toEqual(made);
        expect(found.length - made.length).toBeLessThanOrEqual(unsynced === 'kept' ? 1 : 0);
        expect(await next.verify()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

test('the index of any journal is derived from its facts again, the same', async () => {
  const later = fc.constantFrom<FactBody>(answered('0'), answered('7'), notSent, { kind: 'told' });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(5), later), { maxLength: 25 }), async (commits) => {
      const store = new MemoryStore();
      const journal = journalOver(store, clock);
      for (const [payment, fact] of commits) {
        const paymentId = `P${payment}`;
        const isNew = (await journal.payment(paymentId)) === undefined;
        await journal.append(paymentId, isNew ? [accepted(), asked(`000000000${payment}`)] : [fact]);
      }
      const rows = () => store.paymentIdsAfter('', 100).map((paymentId) => store.row(paymentId));
      const before = rows();
      new JournalCore(store, () => 0).rebuildIndex();
      expect(rows()).toEqual(before);
    }),
  );
});
