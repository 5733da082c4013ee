import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Housekeeping, housekeepingLimits } from './housekeeping.ts';
import { StoreFailure } from './journal/failure-reason.ts';
import { accepted, damageFactsOf, notSent } from './journal/journal.fixture.ts';
import { journalOver } from './journal/journal.ts';
import { MemoryStore } from './journal/memory-store.ts';
import type { StoredFact } from './journal/store.ts';
import { Ages } from './payments/ages.ts';
import { KeptLog } from './payments/log.fixture.ts';
import { pass, settle } from './payments/settle.fixture.ts';

const { betweenStepsMs, maintainEveryMs, readAgainMs } = housekeepingLimits;
const PAYMENTS = 60;
const DAY_MS = 24 * 3600_000;

/** A disk that does not let one payment be read, which SQLite calls damage; `isFailing`: the system says so, too. */
class BadlyRead extends MemoryStore {
  failures = 0;
  isFailing = false;
  /** Once it has been read so often, the disk fails. */
  lasts = Number.POSITIVE_INFINITY;
  timesRead = 0;
  /** Another payment cannot be read so often, nor the file until that is over. */
  burst = { paymentId: 'P45', failures: 0, hasBegun: false };
  override factsOf(paymentId: string): StoredFact[] {
    if (paymentId === 'P30' && (this.isFailing || this.failures > 0)) {
      this.failures -= 1;
      throw new StoreFailure('damaged', 'database disk image is malformed');
    }
    if (paymentId === this.burst.paymentId && this.burst.failures > 0) {
      this.burst.failures -= 1;
      this.burst.hasBegun = true;
      throw new StoreFailure('damaged', 'database disk image is malformed');
    }
    return super.factsOf(paymentId);
  }
  override readThrough(): void {
    const isBurst = this.burst.hasBegun && this.burst.failures > 0;
    if (this.isFailing || isBurst)
      throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
    this.timesRead += 1;
    this.isFailing = this.timesRead === this.lasts;
  }
}

async function aHouse() {
  const clock = new ManualClock();
  const store = new BadlyRead();
  const log = new KeptLog();
  const journal = journalOver(store, clock);
  for (let n = 0; n < PAYMENTS; n++) await journal.append(`P${n}`, [accepted(), notSent]);
  const housekeeping = new Housekeeping({
    ...{ journal, clock, log, ages: new Ages(clock), journalDays: 400 },
    isBusy: () => false,
    getReady: async () => {},
  });
  const readThrough = () => pass(clock, 20 * betweenStepsMs);
  return { clock, store, log, housekeeping, readThrough };
}

describe('rule 19: an error of the disk while the journal is read through', () => {
  test('that does not come again is nothing', async () => {
    const { store, log, housekeeping, readThrough } = await aHouse();
    store.failures = 1;
    housekeeping.start();
    await readThrough();
    expect([store.failures, housekeeping.damage]).toEqual([0, []]);
    expect(log.lines).toEqual(['info: The journal was read through; it is whole.']);
    housekeeping.stop();
  });

  test('that lasts is the disk’s failure, said once and as such, until it can be read', async () => {
    const { clock, store, log, housekeeping, readThrough } = await aHouse();
    store.isFailing = true;
    housekeeping.start();
    await readThrough();
    await pass(clock, 3 * readAgainMs);
    const failure = 'The journal in memory failed: the disk reports an error (EIO: i/o error, read). ';
    expect(housekeeping.damage).toEqual([expect.stringContaining(failure)]);
    expect(log.lines).toEqual([expect.stringContaining(`error: ${failure}`)]);
    store.isFailing = false;
    await pass(clock, readAgainMs + 1);
    await readThrough();
    expect(housekeeping.damage).toEqual([]);
    expect(log.lines.slice(1)).toEqual(['info: The journal was read through; it is whole.']);
    housekeeping.stop();
  });

  test('what is found twice on a disk that can be read is damage, for good', async () => {
    const { clock, store, log, housekeeping, readThrough } = await aHouse();
    damageFactsOf(store, 'P31');
    store.failures = Number.POSITIVE_INFINITY;
    housekeeping.start();
    await readThrough();
    store.failures = 0;
    await pass(clock, 3 * readAgainMs);
    const both = [expect.stringMatching(/damaged/), expect.stringContaining('payment P31 has a wrong checksum')];
    expect(housekeeping.damage).toEqual(expect.arrayContaining(both));
    expect(log.lines.filter((line) => line.startsWith('error'))).toHaveLength(2);
    housekeeping.stop();
  });
});

test('what is damaged in many steps is read from the disk twice: at the first one, and in the end', async () => {
  const { store, housekeeping, readThrough } = await aHouse();
  for (let n = 0; n < PAYMENTS; n++) damageFactsOf(store, `P${n}`);
  housekeeping.start();
  await readThrough();
  expect(housekeeping.damage).toHaveLength(PAYMENTS);
  expect(store.timesRead).toBe(2);
  housekeeping.stop();
});

test('what is found once the disk fails is no damage, though it could be read a moment ago', async () => {
  const { clock, store, log, housekeeping, readThrough } = await aHouse();
  damageFactsOf(store, 'P1');
  store.lasts = 1;
  housekeeping.start();
  await readThrough();
  expect(store.isFailing).toBe(true);
  expect(housekeeping.damage).toEqual([expect.stringContaining('EIO: i/o error, read')]);
  store.isFailing = false;
  await pass(clock, readAgainMs + 1);
  await readThrough();
  expect(housekeeping.damage).toEqual([expect.stringContaining('payment P1 has a wrong checksum')]);
  expect(log.lines).toHaveLength(2);
  housekeeping.stop();
});

test.each<[string, (store: BadlyRead) => void, string[]]>([
  ['an error that passed, in the step before', (store) => (store.failures = 1), []],
  ['damage, some steps before', (store) => damageFactsOf(store, 'P1'), ['payment P1 has a wrong checksum']],
])('rule 19: an error of the disk that has passed by the end is no damage, after %s', async (_what, harm, damage) => {
  const { clock, store, housekeeping, readThrough } = await aHouse();
  harm(store);
  // The two looks of one step, and none after it.
  store.burst.failures = 2;
  housekeeping.start();
  await readThrough();
  expect(housekeeping.damage).toEqual([expect.stringContaining('EIO: i/o error, read')]);
  store.burst.failures = 0;
  await pass(clock, readAgainMs + 1);
  await readThrough();
  expect(housekeeping.damage).toEqual(damage.map((sentence) => expect.stringContaining(sentence)));
  housekeeping.stop();
});

test('rule 19: what forgetting found and does not find again was no damage', async () => {
  const { clock, store, housekeeping, readThrough } = await aHouse();
  housekeeping.start();
  await readThrough();
  store.failures = 1;
  clock.advance(401 * DAY_MS);
  await settle();
  expect(housekeeping.damage).toEqual([expect.stringContaining('is damaged')]);
  await pass(clock, maintainEveryMs);
  expect(housekeeping.damage).toEqual([]);
  housekeeping.stop();
});
