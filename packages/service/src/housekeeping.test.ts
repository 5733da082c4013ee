import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Housekeeping, housekeepingLimits } from './housekeeping.ts';
import { accepted, notSent } from './journal/journal.fixture.ts';
import { journalOver } from './journal/journal.ts';
import { journalLimits } from './journal/journal-limits.ts';
import { MemoryStore } from './journal/memory-store.ts';
import { Ages } from './payments/ages.ts';
import { KeptLog } from './payments/log.fixture.ts';
import { pass, settle } from './payments/settle.fixture.ts';

const STEPS = 8;
const { getReadyMs, maintainEveryMs, lookAgainMs, betweenStepsMs } = housekeepingLimits;

/** Notes what is asked of it beside the payments. */
class WatchedStore extends MemoryStore {
  maintained = 0;
  stepsRead = 0;
  override maintain(): void {
    this.maintained += 1;
  }
  override paymentIdsAfter(paymentId: string, limit: number): string[] {
    this.stepsRead += 1;
    return super.paymentIdsAfter(paymentId, limit);
  }
}

async function aHouse({ damaged = false } = {}) {
  const clock = new ManualClock();
  const store = new WatchedStore();
  const log = new KeptLog();
  const journal = journalOver(store, clock);
  for (let n = 1; n < STEPS * journalLimits.verifiedAtOnce; n++) await journal.append(`P${n}`, [accepted(), notSent]);
  if (damaged) store.replaceIndex([]);
  const desk = { busy: false, readied: 0, isLoadingBroken: false };
  const housekeeping = new Housekeeping({
    ...{ journal, clock, log, ages: new Ages(clock), journalDays: 400 },
    isBusy: () => desk.busy,
    getReady: async () => {
      desk.readied += 1;
      if (desk.isLoadingBroken) throw new Error('no file descriptors left');
    },
  });
  return { clock, store, log, desk, housekeeping };
}

describe('rule 17: what the journal needs waits while a payment is under way', () => {
  test('its log is moved into its file each minute, and after the payment where one is under way', async () => {
    const { clock, store, desk, housekeeping } = await aHouse();
    housekeeping.start();
    await pass(clock, maintainEveryMs);
    const { maintained } = store;
    expect(maintained).toBeGreaterThan(0);
    desk.busy = true;
    await pass(clock, 10 * maintainEveryMs);
    expect(store.maintained).toBe(maintained);
    desk.busy = false;
    await pass(clock, lookAgainMs);
    expect(store.maintained).toBe(maintained + 1);
  });

  test('what the first payment needs is loaded soon after the start, and after a payment that has begun before', async () => {
    const { clock, desk, housekeeping } = await aHouse();
    desk.busy = true;
    housekeeping.start();
    await pass(clock, 10 * getReadyMs);
    expect(desk.readied).toBe(0);
    desk.busy = false;
    await pass(clock, lookAgainMs);
    expect(desk.readied).toBe(1);
    housekeeping.stop();
  });

  test('where it cannot be loaded, that is said, and the service goes on', async () => {
    const { clock, log, desk, housekeeping } = await aHouse();
    desk.isLoadingBroken = true;
    housekeeping.start();
    await pass(clock, getReadyMs);
    expect(log.lines).toContain(
      'warn: What requests to HiPay need could not be loaded; it is tried again with the first one.',
    );
    housekeeping.stop();
  });

  test('it is read through in steps, none of them during a payment, and the reading goes on after it', async () => {
    const { clock, store, log, desk, housekeeping } = await aHouse();
    housekeeping.start();
    expect(store.stepsRead).toBe(0);
    // Before the first step SQLite's own check has its turn.
    await pass(clock, 3 * betweenStepsMs);
    expect(store.stepsRead).toBe(2);
    desk.busy = true;
    await pass(clock, maintainEveryMs);
    expect(store.stepsRead).toBe(2);
    desk.busy = false;
    await pass(clock, maintainEveryMs);
    expect(store.stepsRead).toBe(STEPS + 1);
    expect(log.lines).toEqual(['info: The journal was read through; it is whole.']);
  });
});

describe('rule 19: all of it is verified after the start', () => {
  test('what cannot even be read through is damage, too', async () => {
    const clock = new ManualClock();
    const log = new KeptLog();
    const verify = () => Promise.reject(new OperatingError('1107', 'The journal is damaged.'));
    const housekeeping = new Housekeeping({
      ...{ clock, log, ages: new Ages(clock), journalDays: 400 },
      journal: { maintain: async () => {}, verify, forgetOne: async () => undefined, clearLog: async () => true },
      isBusy: () => false,
      getReady: async () => {},
    });
    housekeeping.start();
    await settle();
    expect(housekeeping.damage).toEqual(['The journal is damaged.']);
    housekeeping.stop();
  });

  test('what is damaged is named, in the log and for health', async () => {
    const { clock, log, housekeeping } = await aHouse({ damaged: true });
    housekeeping.start();
    await pass(clock, maintainEveryMs);
    expect(housekeeping.damage).toHaveLength(journalLimits.damagesNamed);
    expect(housekeeping.damage[0]).toContain('the index of payment P1 does not say what its facts say');
    expect(log.lines).toHaveLength(journalLimits.damagesNamed);
  });

  test('what the reading finds is named however much forgetting finds, and what forgetting finds however much it does', async () => {
    const clock = new ManualClock();
    const log = new KeptLog();
    const many = 2 * journalLimits.damagesNamed;
    const sentences = (what: string) => Array.from({ length: many }, (_, n) => `${what} ${n} is damaged`);
    const [old, all] = [sentences('old payment'), sentences('payment')];
    const reading = Promise.withResolvers<string[]>();
    let asked = 0;
    const forgetOne = async () => {
      const damage = old[asked++];
      return damage === undefined ? undefined : { acceptedAtMs: asked, paymentId: `P${asked}`, damage };
    };
    const housekeeping = new Housekeeping({
      ...{ clock, log, ages: new Ages(clock), journalDays: 400, isBusy: () => false, getReady: async () => {} },
      journal: { maintain: async () => {}, verify: () => reading.promise, forgetOne, clearLog: async () => true },
    });
    housekeeping.start();
    await pass(clock, maintainEveryMs);
    // It finds what forgetting has found, too, which is named once.
    reading.resolve([old[0] ?? '', ...all]);
    await settle();
    housekeeping.stop();
    const named = [old, all].flatMap((found) => found.slice(0, journalLimits.damagesNamed));
    expect([...housekeeping.damage].sort()).toEqual([...named].sort());
    expect(log.lines).toEqual(named.map((sentence) => `error: ${sentence}`));
  });
});

test('nothing more is begun once the service stops', async () => {
  const { clock, store, log, housekeeping } = await aHouse();
  housekeeping.start();
  await pass(clock, 2 * betweenStepsMs);
  const { stepsRead } = store;
  housekeeping.stop();
  await settle();
  await pass(clock, 10 * maintainEveryMs);
  expect(store).toMatchObject({ stepsRead, maintained: 0 });
  expect(log.lines).toEqual([]);
  expect(clock.untilNextMs).toBeUndefined();
});
