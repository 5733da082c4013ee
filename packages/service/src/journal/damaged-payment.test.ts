import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ages } from '../payments/ages.ts';
import { centreLimits } from '../payments/centre-limits.ts';
import { accepted, answered, asked, notSent, TestFolders } from './journal.fixture.ts';
import { journalOver } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();
afterAll(() => folders.removeAll());

const HOUR_MS = 3600_000;

/** Changes what a fact says without its checksum. */
function damage(store: SqliteStore, paymentId: string, version: number): void {
  const fact = store.factsOf(paymentId)[version - 1];
  if (fact === undefined) throw new Error(`${paymentId} has no fact ${version}`);
  store.commit({ facts: [], orphans: [], replaced: [{ ...fact, body: `${fact.body} ` }] });
}

describe('rule 4: an old payment that is damaged is no business of whoever asks without an order_id', () => {
  const clock = new ManualClock();
  const agedBy = async (ms: number) => {
    const folder = folders.make();
    const store = new SqliteStore(journalFile(folder), 'writer');
    const journal = journalOver(store, clock);
    await journal.append('P1', [accepted({ orderId: 'A' }), asked('0000000001'), answered('7')]);
    damage(store, 'P1', 3);
    clock.advance(ms);
    const again = journalOver(store, clock);
    const untold = again.untoldByBody('digest', new Ages(clock).countingFor(centreLimits.untoldMs));
    return { untold, end: () => again.close() };
  };

  test.each([
    ['three days', 72 * HOUR_MS],
    ['two hours', 2 * HOUR_MS],
  ])('%s after it', async (_what, ms) => {
    const { untold, end } = await agedBy(ms);
    expect(await untold).toBeUndefined();
    await end();
  });

  test('while it may be the one that is asked for again, it is', async () => {
    const { untold, end } = await agedBy(centreLimits.untoldMs);
    await expect(untold).rejects.toThrow('wrong checksum');
    await end();
  });
});

describe('rule 19: an untold payment that is damaged holds up its own words, and no others', () => {
  const damagedIn = async (fact: number) => {
    const store = new SqliteStore(journalFile(folders.make()), 'writer');
    const journal = journalOver(store, new ManualClock());
    await journal.append('P1', [accepted({ orderId: 'A', bodyDigest: 'its own' }), asked('0000000001'), answered('0')]);
    damage(store, 'P1', fact);
    return journalOver(store, new ManualClock());
  };

  test('its answer is: what it was asked for in is known', async () => {
    const journal = await damagedIn(3);
    await expect(journal.untoldByBody('its own')).rejects.toThrow('wrong checksum');
    expect(await journal.untoldByBody('others')).toBeUndefined();
    await journal.close();
  });

  test('what it was asked for in is: it may have been these', async () => {
    const journal = await damagedIn(1);
    await expect(journal.untoldByBody('others')).rejects.toThrow('wrong checksum');
    await journal.close();
  });
});

describe('rule 1: a number whose last payment is damaged', () => {
  test('is sold again once that was told and is past for certain, and not before', async () => {
    const folder = folders.make();
    const clock = new ManualClock();
    const store = new SqliteStore(journalFile(folder), 'writer');
    const journal = journalOver(store, clock);
    await journal.append('P1', [accepted({ orderId: '17' }), notSent, { kind: 'told' }]);
    damage(store, 'P1', 2);
    const today = () =>
      journalOver(store, clock).byOrderId('17', 50, new Ages(clock).countingFor(centreLimits.orderDayMs));
    await expect(today()).rejects.toThrow('wrong checksum');
    clock.advance(24 * HOUR_MS);
    // What stands at HiPay under that number cannot be told: the new payment gets an order id of its own.
    expect(await today()).toEqual({ payments: [], isOneLeftOut: true });
    await journal.close();
  });

  test('is not sold again where nobody was told', async () => {
    const clock = new ManualClock();
    const store = new SqliteStore(journalFile(folders.make()), 'writer');
    await journalOver(store, clock).append('P1', [accepted({ orderId: '17' }), asked('0000000001'), answered('0')]);
    damage(store, 'P1', 3);
    clock.advance(24 * HOUR_MS);
    const again = journalOver(store, clock);
    const today = again.byOrderId('17', 50, new Ages(clock).countingFor(centreLimits.orderDayMs));
    await expect(today).rejects.toThrow('wrong checksum');
    await again.close();
  });
});
