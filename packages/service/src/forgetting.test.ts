import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { healthOf } from './health.ts';
import { Housekeeping, housekeepingLimits } from './housekeeping.ts';
import { StoreFailure } from './journal/failure-reason.ts';
import { accepted, anOrder, damageFactsOf, notSent, TestFolders } from './journal/journal.fixture.ts';
import { journalOver, type KeptJournal, openJournal } from './journal/journal.ts';
import { MemoryStore } from './journal/memory-store.ts';
import { Ages } from './payments/ages.ts';
import { HipayPresence } from './payments/hipay-presence.ts';
import { KeptLog } from './payments/log.fixture.ts';
import { someSettings } from './payments/payment.fixture.ts';
import type { Log } from './payments/ports.ts';
import { ScriptedTerminal } from './payments/scripted-terminal.fixture.ts';
import { settle } from './payments/settle.fixture.ts';

const DAY_MS = 24 * 3600_000;
const folders = new TestFolders();
const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  folders.removeAll();
});

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

/** A journal with `count` payments of customers, and a house that looks after it 401 days later. */
async function kept(journal: KeptJournal, clock: ManualClock, count: number, log: Log = silent) {
  const sent = { amount: 12.5, cart: {}, customer: {}, customData: {} };
  for (let n = 0; n < count; n += 1) {
    const order = anOrder({ orderId: `O${n}`, customer: { email: `c${n}@example.org` }, sent });
    await journal.append(`P${n}`, [accepted(order), notSent]);
  }
  const house = { isBusy: false, forgotten: 0, onForget: () => {} };
  const counted: KeptJournal = {
    ...journal,
    forgetOne: async (beforeMs, after) => {
      const found = await journal.forgetOne(beforeMs, after);
      if (found !== undefined && found.damage === undefined) house.forgotten += 1;
      house.onForget();
      return found;
    },
  };
  const housekeeping = new Housekeeping({
    ...{ journal: counted, clock, ages: new Ages(clock), log, journalDays: 400 },
    isBusy: () => house.isBusy,
    getReady: async () => {},
  });
  ends.push(() => housekeeping.stop());
  return Object.assign(house, {
    housekeeping,
    async round(): Promise<void> {
      clock.advance(housekeepingLimits.maintainEveryMs);
      await settle();
    },
  });
}

describe('what is older than journal_days is forgotten between payments', () => {
  const inMemory = async (count: number) => {
    const clock = new ManualClock();
    const house = await kept(journalOver(new MemoryStore(), clock), clock, count);
    house.housekeeping.start();
    return { clock, house };
  };

  test('once it is older, to the millisecond', async () => {
    const { clock, house } = await inMemory(2);
    clock.sleep(400 * DAY_MS - housekeepingLimits.maintainEveryMs);
    await house.round();
    expect(house.forgotten).toBe(0);
    clock.sleep(1);
    await house.round();
    expect(house.forgotten).toBe(2);
  });

  test('rule 17: not while a payment is asked for, and no further once one is', async () => {
    const { clock, house } = await inMemory(5);
    clock.sleep(401 * DAY_MS);
    house.isBusy = true;
    await house.round();
    expect(house.forgotten).toBe(0);
    house.isBusy = false;
    house.onForget = () => {
      house.isBusy = house.forgotten === 2;
    };
    await house.round();
    expect(house.forgotten).toBe(2);
    await house.round();
    expect(house.forgotten).toBe(2);
    house.onForget = () => {};
    house.isBusy = false;
    await house.round();
    expect(house.forgotten).toBe(5);
  });

  test('rule 18: not where the wall clock was set since the start: nobody knows how old anything is', async () => {
    const { clock, house } = await inMemory(1);
    clock.setWall(clock.nowMs() + 3 * 365 * DAY_MS);
    await house.round();
    expect(house.forgotten).toBe(0);
    clock.sleep(401 * DAY_MS);
    await house.round();
    expect(house.forgotten).toBe(1);
  });
});

test('after a round nothing of an old customer is left in the data folder, while the service goes on', async () => {
  const folder = folders.make();
  const journal = await openJournal({ folder });
  ends.push(() => journal.close());
  const clock = new ManualClock(Date.now());
  const house = await kept(journal, clock, 3);
  await journal.list({ limit: 9 });
  const isThere = () => readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes('@example.org'));
  expect(isThere()).toBe(true);
  house.housekeeping.start();
  clock.sleep(401 * DAY_MS);
  while (isThere()) await house.round();
  expect(house.forgotten).toBe(3);
  expect((await journal.list({ limit: 9 })).items.map(({ state }) => state)).toEqual(Array(3).fill('not_sent'));
  expect(await journal.append('new', [accepted(), notSent])).toMatchObject({ state: 'not_sent' });
});

test('rule 19: a damaged one is passed over, which is said once and stands in health; the others are forgotten', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore();
  const journal = journalOver(store, clock);
  const log = new KeptLog();
  const house = await kept(journal, clock, 5, log);
  // The oldest one, and one between two others.
  for (const paymentId of ['P0', 'P2']) damageFactsOf(store, paymentId);
  clock.sleep(401 * DAY_MS);
  house.housekeeping.start();
  await house.round();
  await house.round();
  expect(house.forgotten).toBe(3);
  for (const paymentId of ['P0', 'P2']) {
    const about = house.housekeeping.damage.filter((sentence) => sentence.includes(`payment ${paymentId} `));
    expect(about).toHaveLength(1);
    expect(log.lines.filter((line) => line.includes(`payment ${paymentId} `))).toEqual([`error: ${about[0]}`]);
  }
});

test('an error that passes is no damage: the round ends with a warning, and the next one forgets', async () => {
  const clock = new ManualClock();
  const store = new MemoryStore();
  const log = new KeptLog();
  const house = await kept(journalOver(store, clock), clock, 3, log);
  clock.sleep(401 * DAY_MS);
  house.housekeeping.start();
  await settle();
  const read = store.factsOf.bind(store);
  store.factsOf = () => {
    throw new StoreFailure('io', 'input/output error');
  };
  await house.round();
  expect(house).toMatchObject({ forgotten: 0, housekeeping: { damage: [] } });
  expect(log.lines).toContain('warn: The journal could not be tidied up; it goes on as it is.');
  store.factsOf = read;
  await house.round();
  expect(house).toMatchObject({ forgotten: 3, housekeeping: { damage: [] } });
});

test('rule 19: what is damaged beyond what recovery reads is an alarm in the log, and in health', async () => {
  const clock = new ManualClock();
  const journal = journalOver(new MemoryStore(), clock);
  const errors: string[] = [];
  const housekeeping = new Housekeeping({
    journal: { ...journal, verify: async () => ['fact 2 of payment P3 is missing'] },
    ...{ clock, ages: new Ages(clock), journalDays: 400, isBusy: () => false, getReady: async () => {} },
    log: { ...silent, error: (message) => void errors.push(message) },
  });
  ends.push(() => housekeeping.stop());
  housekeeping.start();
  await settle();
  expect(errors).toEqual(['fact 2 of payment P3 is missing']);
  const health = await healthOf({
    ...{ journal, clock, housekeeping, version: '1', startedMs: 0, presence: new HipayPresence() },
    terminal: new ScriptedTerminal(),
    settings: someSettings(),
    log: {},
  });
  expect(health).toMatchObject({ status: 'attention', problems: ['fact 2 of payment P3 is missing'] });
});
