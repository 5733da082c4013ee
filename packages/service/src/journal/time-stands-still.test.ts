import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Ages } from '../payments/ages.ts';
import { centreLimits } from '../payments/centre-limits.ts';
import type { Order } from '../payments/order.ts';
import { accepted, asked, notSent, TestFolders } from './journal.fixture.ts';
import { journalOver, type KeptJournal } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { journalLimits } from './journal-limits.ts';
import { flip } from './journal-on-disk.fixture.ts';
import { SqliteStore } from './sqlite-store.ts';

const DAY_MS = 24 * 3600_000;
const NOW_MS = Date.UTC(2026, 0, 5, 9);

describe('rule 18: the wall clock was wrong twice, journal time stands still, and ids run back', () => {
  let folder: string;
  let clock: ManualClock;
  let journal: KeptJournal;
  let appended: number;
  const folders = new TestFolders();
  afterEach(async () => {
    await journal.close();
    folders.removeAll();
  });

  /** An id that is the later the further the wall has come, as a ULID is. */
  const ask = async (order: Partial<Order>, isTaken = false) => {
    const paymentId = `P${clock.nowMs()}-${String(++appended).padStart(5, '0')}`;
    const end = isTaken ? asked(String(appended).padStart(10, '0')) : notSent;
    await journal.append(paymentId, [accepted(order), end]);
    return paymentId;
  };

  /** One payment by a wall that is 40 days ahead, more than a page of them by one 20 days ahead; then the clock is right. */
  const wrongTwice = async (order: Partial<Order>) => {
    folder = folders.make();
    clock = new ManualClock(NOW_MS + 40 * DAY_MS);
    journal = journalOver(new SqliteStore(journalFile(folder), 'writer'), clock);
    appended = 0;
    await ask(order);
    clock.setWall(NOW_MS + 20 * DAY_MS);
    for (let n = 0; n < 60; n++) await ask(order);
    clock.setWall(NOW_MS);
  };

  const restart = async (harm = () => {}) => {
    await journal.close();
    harm();
    journal = journalOver(new SqliteStore(journalFile(folder), 'writer'), clock);
  };

  const counting = (windowMs: number) => new Ages(clock).countingFor(windowMs);
  const inWords = (digest: string) => journal.untoldByBody(digest, counting(centreLimits.untoldMs));
  const ofOrder = (orderId: string) =>
    journal.byOrderId(orderId, journalLimits.listMost, counting(centreLimits.orderDayMs));

  test('what nobody was told is known by its words, though sixty ids are above its own', async () => {
    await wrongTwice({ bodyDigest: 'earlier' });
    const older = await ask({ bodyDigest: 'these' });
    const newer = await ask({ bodyDigest: 'these' });
    expect(await inWords('these')).toMatchObject({ paymentId: newer });
    await journal.append(newer, [{ kind: 'told' }]);
    await restart();
    expect(await inWords('these')).toMatchObject({ paymentId: older });
    expect(await inWords('other')).toBeUndefined();
  });

  test('what was taken is known by its order_id', async () => {
    await wrongTwice({ orderId: 'A' });
    const taken = await ask({ orderId: 'A' }, true);
    expect((await ofOrder('A')).payments[0]).toMatchObject({ paymentId: taken, state: 'running' });
  });

  test('what ranks above them, and is not given, is lost', async () => {
    await wrongTwice({ bodyDigest: 'earlier' });
    clock.setWall(NOW_MS + 41 * DAY_MS);
    const lost = await ask({ bodyDigest: 'these' }, true);
    await restart(() => flip(folder, 'payment_by_time', lost));
    await expect(inWords('these')).rejects.toThrow(`the index of payment ${lost} does not say what its facts say`);
  });
});
