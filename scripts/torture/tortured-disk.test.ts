import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import type { UnsyncedAfterCrash } from '../../packages/service/src/journal/memory-store.ts';
import { accepted, answered, asked, DEVICE } from '../../packages/service/src/payments/payment.fixture.ts';
import { settle } from '../../packages/service/src/payments/settle.fixture.ts';
import type { StallPoint, Trouble } from './plan.ts';
import { type DiskRooms, TorturedDisk } from './tortured-disk.ts';

const orphan = (bytesMasked: string) => ({ bytesMasked, why: 'nobody asked', device: DEVICE });

/** A disk that fails like this, and one process over it, which has kept one orphan and tries another one 5 ms later. */
async function aDisk(trouble: Omit<Extract<Trouble, { kind: 'disk' }>, 'kind' | 'station' | 'commit' | 'times'>) {
  const clock = new ManualClock();
  const troubles: DiskRooms['troubles'] = [{ ...trouble, kind: 'disk', station: 0, commit: 2, times: 1 }];
  const disk = new TorturedDisk({ clock, troubles, crash: () => {}, used: () => {} });
  const heard: string[] = [];
  const listener = { committed: (_id: unknown, _facts: unknown, bytes = '') => void heard.push(bytes), failed() {} };
  const journal = disk.journal(clock, listener);
  await journal.appendOrphan(orphan('first'));
  clock.advance(5);
  const writtenMs = clock.monotonicMs();
  await expect(journal.appendOrphan(orphan('second'))).rejects.toMatchObject({ code: '1107' });
  clock.advance(5);
  return { disk, journal, heard, writtenMs };
}

describe('an orphan on the disk that nobody heard to be written', () => {
  test('is told once, with when it was written', async () => {
    const { disk, heard, writtenMs } = await aDisk({ fault: 'sync_fails_and_keeps' });
    expect(heard).toEqual(['first']);
    expect(disk.crash(undefined)).toEqual({ paymentId: undefined, bytesMasked: 'second', writtenMs });
    expect(disk.crash(undefined)).toBeUndefined();
  });

  test.each<[string, UnsyncedAfterCrash, boolean]>([
    ['kept', 'kept', true],
    ['lost', 'lost', false],
    ['torn', 'torn', false],
  ])('not synced, and %s', async (_what, unsynced, isThere) => {
    const { disk } = await aDisk({ fault: 'sync_fails' });
    expect(disk.crash(unsynced)?.bytesMasked).toBe(isThere ? 'second' : undefined);
  });

  test('none where it was tried again, and heard', async () => {
    const { disk, journal, heard } = await aDisk({ fault: 'sync_fails_and_keeps' });
    await journal.appendOrphan(orphan('second'));
    expect(heard).toEqual(['first', 'second']);
    expect(disk.crash(undefined)).toBeUndefined();
  });
});

test('an answer of a payment likewise, though other facts came with it', async () => {
  const clock = new ManualClock();
  const troubles: DiskRooms['troubles'] = [
    { kind: 'disk', fault: 'sync_fails_and_keeps', station: 0, commit: 2, times: 1 },
  ];
  const disk = new TorturedDisk({ clock, troubles, crash: () => {}, used: () => {} });
  const journal = disk.journal(clock, { committed() {}, failed() {} });
  await journal.append('P1', [accepted(), asked()]);
  clock.advance(5);
  await expect(journal.append('P1', [answered('0'), { kind: 'told' }])).rejects.toMatchObject({ code: '1107' });
  const { bytesMasked } = answered('0') as { bytesMasked: string };
  expect(disk.crash(undefined)).toEqual({ paymentId: 'P1', bytesMasked, writtenMs: clock.monotonicMs() });
  expect(disk.crash(undefined)).toBeUndefined();
});

describe('a disk that stands still', () => {
  const still = (at: StallPoint, nth: number) => {
    const clock = new ManualClock();
    const used: string[] = [];
    const troubles: DiskRooms['troubles'] = [{ kind: 'stalled_disk', station: 0, at, nth, forMs: 5_000 }];
    const disk = new TorturedDisk({ clock, troubles, crash: () => {}, used: (kind) => used.push(kind) });
    const committed: string[][] = [];
    const listener = { committed: (_id: unknown, facts: string[]) => void committed.push(facts), failed() {} };
    return { clock, disk, used, committed, journal: disk.journal(clock, listener) };
  };

  test.each<[StallPoint, number]>([
    ['asking', 0],
    ['commit', 0],
    ['told_late', 1],
  ])('%s: what is asked of it waits', async (at, written) => {
    const { clock, journal, used, committed } = still(at, 1);
    let isTold = false;
    const told = journal.append('P1', [accepted(), asked()]).then(() => (isTold = true));
    const found = journal.payment('P1');
    await settle();
    clock.advance(4_999);
    await settle();
    expect({ isTold, written: committed.length }).toEqual({ isTold: false, written });
    clock.advance(1);
    await Promise.all([told, found]);
    expect(committed).toEqual([['accepted', 'asked']]);
    expect(used).toEqual([`disk stalls: ${at}`]);
  });

  test('a question does likewise; one that is not the n-th does not', async () => {
    const { clock, journal, committed } = still('question', 2);
    await journal.byOrderId('A-1', 50);
    void journal.writeProblem();
    void journal.append('P1', [accepted(), asked()]);
    await settle();
    expect(committed).toEqual([]);
    clock.advance(5_000);
    await settle();
    expect(committed).toHaveLength(1);
  });

  test('goes on once it is healed, and stands still no more', async () => {
    const { clock, disk, journal, used } = still('commit', 1);
    const first = journal.append('P1', [accepted(), asked()]);
    await settle();
    disk.heal();
    await settle();
    clock.advance(1);
    await first;
    expect(used).toHaveLength(1);
  });
});
